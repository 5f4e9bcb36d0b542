/** The engine has the table's rows by then, even of 100,000 findings, and a timeline of 100,000 segments is drawn. */
const LATER_MS = 120;

/**
 * For what stands beside a table or a picture: asks for it a moment later, so that what people wait for does not share the
 * processors with it. What comes back drops it, whether it has been asked for or not: for an effect to return.
 */
export function later(ask: () => void, abort: AbortController): () => void {
  const timer = setTimeout(ask, LATER_MS);
  return () => {
    clearTimeout(timer);
    abort.abort();
  };
}
