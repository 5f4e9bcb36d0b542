/** One statement of a .sql file. */
export interface SqlStep {
  name: string;
  sql: string;
}

/**
 * Cuts a .sql file into its steps. A step starts with a line `-- step NAME: what it is for`;
 * what stands before the first step is the file's own comment.
 */
export function sqlSteps(text: string): SqlStep[] {
  const [, ...parts] = text.split(/^-- step /m);
  return parts.map((part) => {
    const name = /^([a-z][a-z0-9_-]*):/.exec(part)?.[1];
    if (!name) throw new Error(`a step without a name: ${part.slice(0, 40)}`);
    return { name, sql: `-- step ${part}` };
  });
}

/** The step of that name; throws when the file has none. */
export function sqlStep(steps: readonly SqlStep[], name: string): string {
  const step = steps.find((candidate) => candidate.name === name);
  if (!step) throw new Error(`there is no step ${name}`);
  return step.sql;
}
