import type { DecisionRecord } from './record';

/** Where the decisions of a journal lie, so that history is read from the file and not held in memory. */
export class RecordIndex {
  /** Position in the file, by ordinal: the order in which they were saved. */
  readonly #starts: number[] = [];
  readonly #byId = new Map<string, number>();
  readonly #byFinding = new Map<string, number[]>();
  /** How many came with the id of an earlier one. */
  repeated = 0;

  get size(): number {
    return this.#starts.length;
  }

  add({ id, finding }: Pick<DecisionRecord, 'id' | 'finding'>, start: number): void {
    if (this.#byId.has(id)) {
      this.repeated += 1;
      return;
    }
    const ordinal = this.#starts.push(start) - 1;
    this.#byId.set(id, ordinal);
    const same = this.#byFinding.get(finding);
    if (same) same.push(ordinal);
    else this.#byFinding.set(finding, [ordinal]);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Positions of one finding's decisions, in the order saved. */
  of(finding: string): number[] {
    return (this.#byFinding.get(finding) ?? []).flatMap((ordinal) => this.#starts[ordinal] ?? []);
  }

  /** Positions of a page of one finding's decisions, or of all: newest first. */
  newest(finding: string | undefined, offset: number, limit: number): { total: number; starts: number[] } {
    const starts = finding === undefined ? this.#starts : this.of(finding);
    const to = Math.max(0, starts.length - offset);
    return { total: starts.length, starts: starts.slice(Math.max(0, to - limit), to).toReversed() };
  }

  /** Positions of a page of all decisions, in the order saved. */
  page(offset: number, limit: number): number[] {
    return this.#starts.slice(offset, offset + limit);
  }

  /** Positions from the decision of that id on, in the order saved. */
  *from(id: string): Generator<number> {
    const ordinal = this.#byId.get(id);
    if (ordinal === undefined) return;
    for (const start of this.#starts.slice(ordinal)) yield start;
  }
}
