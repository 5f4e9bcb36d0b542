/** Names of the MITRE ATT&CK techniques (Enterprise, v17) that rules over ZPA logs name; others are shown by id. */
const TECHNIQUES: Readonly<Record<string, string>> = {
  T1078: 'Valid Accounts',
  T1133: 'External Remote Services',
  T1190: 'Exploit Public-Facing Application',
  T1110: 'Brute Force',
  T1098: 'Account Manipulation',
  T1048: 'Exfiltration Over Alternative Protocol',
  T1567: 'Exfiltration Over Web Service',
};

/** `T1078 Valid Accounts`; of an id that is not known, the id. */
export function techniqueInWords(id: string): string {
  const name = Object.hasOwn(TECHNIQUES, id) ? TECHNIQUES[id] : undefined;
  return name === undefined ? id : `${id} ${name}`;
}

/** `InitialAccess` as people write it: `Initial Access`. */
export function tacticInWords(tactic: string): string {
  return tactic.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
}
