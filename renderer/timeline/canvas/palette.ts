/** The colours and the font of the canvas, as the tokens of theme.css give them now. */
export interface Palette {
  background: string;
  raised: string;
  line: string;
  text: string;
  muted: string;
  accent: string;
  selected: string;
  presence: string;
  presenceEdge: string;
  overlap: string;
  overlapBand: string;
  overlapText: string;
  font: string;
}

const TOKENS = {
  background: '--panel',
  raised: '--raised',
  line: '--line',
  text: '--text',
  muted: '--muted',
  accent: '--accent',
  selected: '--selected',
  presence: '--presence',
  presenceEdge: '--presence-edge',
  overlap: '--overlap',
  overlapBand: '--overlap-band',
  overlapText: '--accent-text',
} as const satisfies Record<Exclude<keyof Palette, 'font'>, string>;

/** A token holds light-dark(...) unresolved, so it is asked for as the colour of an element that stands on the page. */
export function readPalette(canvas: HTMLElement): Palette {
  const probe = document.createElement('span');
  probe.hidden = true;
  // one element a token, all before the first is asked: the page works its styles out once and not for each
  const swatches = Object.entries(TOKENS).map(([name, token]) => {
    const swatch = probe.appendChild(document.createElement('span'));
    swatch.style.color = `var(${token})`;
    return [name, swatch] as const;
  });
  canvas.after(probe);
  // the keys of the object come from TOKENS, one for each colour of Palette
  const colours = Object.fromEntries(
    swatches.map(([name, swatch]) => [name, getComputedStyle(swatch).color]),
  ) as Record<keyof typeof TOKENS, string>;
  probe.remove();
  return { ...colours, font: getComputedStyle(canvas).fontFamily };
}

/** Calls back when the system or the app changes between light and dark. Returns the function that stops it. */
export function watchTheme(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(changed);
  system.addEventListener('change', changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  return () => {
    system.removeEventListener('change', changed);
    observer.disconnect();
  };
}
