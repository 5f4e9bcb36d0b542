import { formatBytes } from '../format-number';
import css from './ExportDialog.module.css';
import { saveBlob } from './save-blob';
import type { ExportState } from './use-export';

/** How far an export is, or what came of it. It keeps its room, so that nothing moves. */
export function ExportProgress({ state, onCancel }: { state: ExportState; onCancel: () => void }) {
  return (
    <div className={css.progress}>
      <output>
        {state.is === 'running' && `Writing: ${state.words}`}
        {state.is === 'failed' && state.words}
        {state.is === 'saved' &&
          `Saved ${state.exported.name}: ${state.exported.content}, ${formatBytes(state.exported.blob.size)}.`}
      </output>
      {state.is === 'running' && (
        <div className={css.bar}>
          <progress
            aria-label="Share that is written"
            {...(state.share !== undefined && { value: state.share })}
            max={1}
          />
          <button type="button" onClick={onCancel}>
            Cancel
          </button>
        </div>
      )}
      {state.is === 'saved' && <Beside manifest={state.exported.manifest} />}
    </div>
  );
}

/** A CSV cannot hold what it rests on; the others do. */
function Beside({ manifest }: { manifest: { blob: Blob; name: string } | undefined }) {
  if (!manifest) return <p>It says what it rests on: files with SHA-256, settings, filter, versions, who and when.</p>;
  return (
    <p>
      <button type="button" data-kind="main" onClick={() => saveBlob(manifest.blob, manifest.name)}>
        Save its manifest
      </button>{' '}
      What it rests on: files with SHA-256, settings, filter, versions, who and when.
    </p>
  );
}
