import { writeToStdout } from '../output/standard-output';
import { usage } from '../parse-options';
import { didYouMean } from '../nearest';
import { compareRules } from './compare';
import { exportRule } from './export';
import { replayRule } from './replay';
import { runRule } from './run';

const HELP = `doppel rule: Sentinel's rules, the published one and others, over a log

  doppel rule run RULE.yaml FILE...      run an analytic rule or hunting query
  doppel rule replay RULE.yaml FILE...   every scheduled run over the log: which raise an alert, for whom
  doppel rule compare FILE...            the published rule beside what Doppel finds: who is found by which, and why
  doppel rule export                     the corrected rule for Microsoft Sentinel

  doppel rule ACTION --help              its options
`;

const ACTIONS: Record<string, (args: string[]) => Promise<number>> = {
  run: runRule,
  replay: replayRule,
  compare: compareRules,
  export: exportRule,
};

/** `doppel rule`: the first word says what to do, the rest are its own arguments. Returns the exit code. */
export async function rule([action, ...args]: string[]): Promise<number> {
  if (action === undefined) {
    process.stderr.write(HELP);
    return 2;
  }
  if (action === '--help' || action === '-h') {
    await writeToStdout([HELP]);
    return 0;
  }
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (run) return run(args);
  throw usage('rule', `There is no "doppel rule ${action}".${didYouMean(action, Object.keys(ACTIONS))}`);
}
