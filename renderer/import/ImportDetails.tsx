import { setAsideWords } from '../../shared/account-words';
import type { InputSummary, LogSummary } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { Value } from '../Value';
import type { UnreadFile } from '../reading/files-of';
import { countOf, formatBytes, formatCount } from '../format-number';
import { CopyButton } from '../CopyButton';
import { ArchiveDetails, LeftOutList } from './FoundFiles';
import css from './ImportDetails.module.css';
import { RejectedList } from './RejectedList';
import { amongEvents } from '../../shared/words';
import { mappingWords } from '../reading/reading-words';
import { setAsideOf, worstFirst } from './import-words';

const FILES_SHOWN = 200;
/** More than these nobody looks through. */
const FEW_FILES = 12;

interface Props {
  client: Client;
  log: LogSummary;
  /** The size of the case's cache, where the log was put into it. */
  keptBytes?: number | undefined;
  onChange: (input: InputSummary) => void;
  onUnread: (unread: UnreadFile) => void;
}

/** Every file and what its records came to, and every line that could not be understood. */
export function ImportDetails({ client, log, keptBytes, onChange, onUnread }: Props) {
  const inputs = log.inputs.length > FEW_FILES ? worstFirst(log.inputs) : log.inputs;
  return (
    <div className={css.details}>
      {log.leftOut && log.leftOut.total > 0 && <LeftOutList leftOut={log.leftOut} onUnread={onUnread} />}
      {log.archives?.slice(0, FILES_SHOWN).map((archive, index) => (
        <ArchiveDetails key={index} archive={archive} />
      ))}
      {inputs.length > FEW_FILES && <p>Files that are incomplete, have rejected records or warnings come first.</p>}
      {inputs.slice(0, FILES_SHOWN).map((input, index) => (
        // two inputs may have one path; the order of the inputs never changes
        <FileDetails key={index} input={input} onChange={() => onChange(input)} />
      ))}
      {log.inputs.length > FILES_SHOWN && (
        <p>
          {countOf(log.inputs.length - FILES_SHOWN, 'more file')}; the command line (doppel detect --format json) lists
          them all.
        </p>
      )}
      {log.warnings.map((warning) => (
        <p key={warning}>
          <strong>Warning:</strong> <Value text={warning} />
        </p>
      ))}
      {keptBytes !== undefined && (
        <p>Kept in this case’s cache ({formatBytes(keptBytes)}), so that opening it again takes a moment.</p>
      )}
      <RejectedList client={client} total={log.rejected} />
    </div>
  );
}

function FileDetails({ input, onChange }: { input: InputSummary; onChange: () => void }) {
  const mapping = mappingWords(input.reading);
  const setAside = setAsideWords(input);
  return (
    <section className={css.file}>
      <h3>
        <Value text={input.name} />
      </h3>
      <p className={css.format}>
        <Value text={input.format} />, {formatBytes(input.bytes)}. Recognised by <Value text={input.recognisedBy} />.
      </p>
      {mapping !== '' && (
        <p>
          Read as: <Value text={mapping} />.
        </p>
      )}
      {/* what could as well be otherwise is among the warnings below */}
      {input.reading.notes
        .filter(({ sure }) => sure !== 'open')
        .map(({ text }) => (
          <p key={text}>
            <Value text={text} />
          </p>
        ))}
      {input.file !== '' && (
        <p>
          <button type="button" data-kind="link" onClick={onChange}>
            Change how it is read
          </button>
        </p>
      )}
      <p>
        <strong>{countOf(input.records, 'record')}</strong>
        {input.incomplete === undefined ? ' = ' : ', of which '}
        {countOf(input.events, 'event')} + {formatCount(setAsideOf(input))} set aside + {formatCount(input.rejected)}{' '}
        rejected
      </p>
      {setAside.length > 0 && (
        <p>Set aside: {setAside.map(({ words, count }) => `${formatCount(count)} ${words}`).join(', ')}.</p>
      )}
      {(input.orphanCloses > 0 || input.duplicates > 0) && <p>Among the events: {amongEvents(input)}.</p>}
      {input.incomplete !== undefined && (
        <p className={css.incomplete}>
          <strong>Incomplete:</strong> <Value text={input.incomplete} />
        </p>
      )}
      {input.warnings.map((warning) => (
        <p key={warning}>
          <strong>Warning:</strong> <Value text={warning} />
        </p>
      ))}
      <p className={css.hash}>
        SHA-256 <code>{input.sha256}</code> <CopyButton text={input.sha256} what="SHA-256" />
      </p>
    </section>
  );
}
