import { decidingValues } from '../../shared/deciding';
import type { RuleRun, RuleStage } from '../../shared/rules';
import { Value } from '../Value';
import { formatCount } from '../format-number';
import { SampleTable } from './SampleTable';
import { Scrollable } from './Scrollable';
import css from './StagesTab.module.css';

interface Props {
  run: RuleRun;
  user: string;
  selected: RuleStage | undefined;
  onSelect: (stage: RuleStage) => void;
}

/** The stages of a run in the order of the text: rows in, rows out, what fell away; below, rows of the chosen one. */
export function StagesTab({ run, user, selected, onSelect }: Props) {
  const lost = run.stages.find((stage) => stage.id === run.userLostAt);
  return (
    <div className={css.stages}>
      {user !== '' && (
        <p className={css.lost}>
          {lost ? (
            <>
              <Value text={user} /> is lost at stage {lost.id + 1}: <code className={css.code}>{lost.kql}</code>
            </>
          ) : (
            <>
              <Value text={user} /> comes through, or no stage names users.
            </>
          )}
        </p>
      )}
      {lost && (
        <ul aria-label="The values that decided it">
          {decidingValues(lost).map((text) => (
            <li key={text}>
              <Value text={text} />
            </li>
          ))}
        </ul>
      )}
      {run.notes
        .filter((note) => !run.stages.some((stage) => stage.notes.includes(note)))
        .map((note) => (
          <p key={note}>{note}</p>
        ))}
      <Scrollable label="Stages of the rule">
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col">KQL</th>
              <th scope="col" className={css.count}>
                Rows in
              </th>
              <th scope="col" className={css.count}>
                Rows out
              </th>
              {user !== '' && (
                <th scope="col" className={css.count}>
                  Of the user
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {run.stages.map((stage, index) => (
              <tr key={stage.id} data-selected={stage.id === selected?.id} data-lost={stage.id === run.userLostAt}>
                <th scope="row">
                  <button type="button" aria-pressed={stage.id === selected?.id} onClick={() => onSelect(stage)}>
                    {stage.id + 1}
                    {stage.binding !== '' && <span className={css.quiet}> {stage.binding}</span>}
                  </button>
                </th>
                <td>
                  <code className={css.code}>{stage.kql}</code>
                  {stage.rowsOut === 0 && (stage.rowsIn ?? 0) > 0 && (
                    <strong className={css.end}> drops all rows</strong>
                  )}
                  {newNotes(stage, run.stages[index - 1]).map((note) => (
                    <p key={note} className={css.quiet}>
                      {note}
                    </p>
                  ))}
                </td>
                <td className={css.count}>{stage.rowsIn === null ? '' : formatCount(stage.rowsIn)}</td>
                <td className={css.count}>{stage.rowsOut === null ? '' : formatCount(stage.rowsOut)}</td>
                {user !== '' && (
                  <td className={css.count}>
                    {stage.sample?.userRows &&
                      `${formatCount(stage.sample.userRows.in)} → ${formatCount(stage.sample.userRows.out)}`}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      {selected ? (
        <Chosen stage={selected} user={user} />
      ) : (
        <p className={css.quiet}>Choose a stage to see rows that it keeps and drops.</p>
      )}
    </div>
  );
}

/** What is told of a stage, but for what was told of the one before it. */
function newNotes({ notes }: RuleStage, before: RuleStage | undefined): string[] {
  return notes.filter((note) => !before?.notes.includes(note));
}

function Chosen({ stage, user }: { stage: RuleStage; user: string }) {
  const { sample } = stage;
  // the samples are of the user that is followed, where the stage has a column that names users
  const whose = sample?.userRows ? ` of ${user}` : '';
  return (
    <section aria-label={`Stage ${stage.id + 1}`} className={css.chosen}>
      <h3>
        Stage {stage.id + 1}
        {sample && <span className={css.quiet}> took {sample.ms < 1 ? 'less than 1' : Math.round(sample.ms)} ms</span>}
      </h3>
      {sample && sample.kept.rows.length > 0 && (
        <SampleTable caption={`Rows${whose} that it keeps (the first ones)`} sample={sample.kept} />
      )}
      {sample && sample.dropped.rows.length > 0 && (
        <SampleTable caption={`Rows${whose} that it drops (the first ones)`} sample={sample.dropped} />
      )}
      {sample && sample.deciding.length > 0 && sample.dropped.rows.length > 0 && (
        <p className={css.quiet}>
          Decided by{' '}
          {sample.deciding.map(({ name, value }) => (value === null ? name : `${name} = ${value}`)).join(', ')}.
        </p>
      )}
      {sample && sample.kept.rows.length === 0 && (
        <p className={css.quiet}>
          It keeps no row
          <Value text={whose} />.
        </p>
      )}
    </section>
  );
}
