import { Fragment } from 'react';
import { decidingValues } from '../../shared/deciding';
import { FOLLOWED_WORDS, followedIn, stageTime } from '../../shared/followed';
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
  /** The same stage again closes it. */
  onSelect: (stage: RuleStage | undefined) => void;
}

/** The stages of a run in the order of the text: rows in, rows out, what fell away; under the chosen one, rows of it. */
export function StagesTab({ run, user, selected, onSelect }: Props) {
  const followed = followedIn(run);
  const lost = followed.kind === 'lost' ? followed.stage : undefined;
  const columns = user === '' ? 5 : 6;
  return (
    <div className={css.stages}>
      {user !== '' && (
        <p className={css.lost}>
          <Value text={user} />{' '}
          {followed.kind === 'lost' ? (
            <>
              is lost at stage {followed.stage.id + 1}: <code className={css.code}>{followed.stage.kql}</code>
            </>
          ) : (
            FOLLOWED_WORDS[followed.kind]
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
      <p className={css.quiet}>Choose a stage to see rows that it keeps and drops.</p>
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
              <th scope="col" className={css.count}>
                Time
              </th>
            </tr>
          </thead>
          <tbody>
            {run.stages.map((stage, index) => (
              <Fragment key={stage.id}>
                <tr data-selected={stage.id === selected?.id} data-lost={stage.id === run.userLostAt}>
                  <th scope="row">
                    <button
                      type="button"
                      aria-expanded={stage.id === selected?.id}
                      onClick={() => onSelect(stage.id === selected?.id ? undefined : stage)}
                    >
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
                  <td className={css.count}>{stage.sample && stageTime(stage.sample.ms)}</td>
                </tr>
                {stage.id === selected?.id && (
                  <tr>
                    <td colSpan={columns} className={css.cell}>
                      <Chosen stage={stage} user={user} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </Scrollable>
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
