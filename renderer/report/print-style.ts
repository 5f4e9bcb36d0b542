import type { Palette } from '../timeline/canvas/palette';

/** Light colours, whatever the page has: a report is printed. They are those of theme.css. */
export const PRINT_PALETTE: Palette = {
  background: '#ffffff',
  raised: '#eef1f5',
  line: '#d4dae2',
  text: '#1a2129',
  muted: '#566170',
  accent: '#0b62c4',
  selected: '#dcebfc',
  presence: '#5b7fb5',
  presenceEdge: '#35547f',
  overlap: '#c7402d',
  overlapBand: '#c7402d2e',
  overlapText: '#ffffff',
  font: 'sans-serif',
};

export const PRINT_STYLE = `
body { max-width: 1200px; margin: 24px auto; padding: 0 16px; color: #1a2129; background: #fff; font: 13px/1.45 sans-serif; }
h2 { margin-top: 32px; border-bottom: 1px solid #d4dae2; }
figure { margin: 12px 0; }
figure > svg { display: block; width: 100%; height: auto; border: 1px solid #d4dae2; }
pre { overflow-wrap: anywhere; white-space: pre-wrap; font-size: 11px; }
table { width: 100%; margin: 12px 0; border-collapse: collapse; }
caption { padding: 4px 0; font-weight: 600; text-align: left; }
th, td { padding: 3px 10px 3px 0; border-bottom: 1px solid #d4dae2; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: 90px auto; gap: 2px 12px; }
dt { color: #566170; }
dd { margin: 0; white-space: pre-wrap; }
h2, caption { break-after: avoid; }
figure, tr { break-inside: avoid; }
th { overflow-wrap: normal; }
@page { size: landscape; margin: 12mm; }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 10px; }
  section { break-after: page; }
  section.end { break-after: auto; }
  thead { display: table-header-group; }
}
`;
