import { Component } from 'react';
import type { ReactNode } from 'react';
import { messageOf } from '../shared/errors';

/** Stands between a fault in the page and an empty window: says what happened and offers the way back. */
export class Fence extends Component<{ children: ReactNode }, { message: string | undefined }> {
  override state = { message: undefined };

  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: messageOf(error) };
  }

  override render(): ReactNode {
    if (this.state.message === undefined) return this.props.children;
    return (
      <main role="alert">
        <h1>Something in Doppel went wrong.</h1>
        <p>{this.state.message}</p>
        <p>The engine still has your log open, and the log file was not changed.</p>
        <button type="button" onClick={() => location.reload()}>
          Reload the page
        </button>
      </main>
    );
  }
}
