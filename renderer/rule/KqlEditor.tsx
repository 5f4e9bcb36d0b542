import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, keymap, lineNumbers } from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { KqlDiagnostic } from '../../shared/rules';
import css from './KqlEditor.module.css';
import { kql } from './kql-language';

interface Props {
  /** What it starts with. From then on the text is the editor's own: another rule is another editor (by key). */
  start: string;
  onText: (text: string) => void;
  diagnostics: readonly KqlDiagnostic[];
  /** The stage that is looked at: its part of the text is marked. */
  marked: { start: number; length: number } | undefined;
}

const mark = StateEffect.define<{ from: number; to: number } | undefined>();
const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, { effects, changes }) => {
    let now = before.map(changes);
    for (const effect of effects) {
      if (!effect.is(mark)) continue;
      const part = effect.value;
      now = part
        ? Decoration.set(Decoration.mark({ class: 'doppel-stage' }).range(part.from, part.to))
        : Decoration.none;
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '12.5px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-gutters': { background: 'var(--raised)', color: 'var(--muted)', border: 'none' },
  '.cm-tooltip': { background: 'var(--panel)', color: 'var(--text)', border: '1px solid var(--line)' },
  '.doppel-stage': { background: 'var(--selected)' },
});

/** A rule's text to read and to change, what the language service says of it marked in place. Tab leaves it. */
export function KqlEditor({ start, onText, diagnostics, marked }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const tell = useRef(onText);
  const first = useRef(start);
  useEffect(() => {
    tell.current = onText;
  }, [onText]);
  useEffect(() => {
    if (!host.current) return undefined;
    // inside a shadow root the editor's styles are a style sheet object, which the page's security policy allows
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          lineNumbers(),
          history(),
          lintGutter(),
          kql,
          marks,
          look,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'Rule text (KQL)' }),
          keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) tell.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const end = editor.state.doc.length;
    const found = diagnostics.map(({ message, start, length }) => ({
      from: Math.min(start, end),
      to: Math.min(start + length, end),
      severity: 'error' as const,
      message,
    }));
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [diagnostics]);
  useEffect(() => {
    const editor = view.current;
    const part = marked && marked.length > 0 ? { from: marked.start, to: marked.start + marked.length } : undefined;
    if (!editor || (part && part.to > editor.state.doc.length)) return;
    const effects: StateEffect<unknown>[] = [mark.of(part)];
    if (part) effects.push(EditorView.scrollIntoView(part.from, { y: 'center' }));
    editor.dispatch({ effects });
  }, [marked]);
  return <div ref={host} className={css.editor} />;
}
