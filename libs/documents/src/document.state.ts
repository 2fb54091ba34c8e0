import type { Instant, Recorded } from '@tempore/kernel';

import type { DocumentEvent, Upload } from './document.events';

export type DocumentState =
  | { readonly status: 'none' }
  | {
      readonly status: 'uploaded';
      readonly upload: Upload;
      /** Pseudonymous id. */
      readonly uploadedBy: string;
      readonly uploadedAt: Instant;
    };

export const initialState: DocumentState = { status: 'none' };

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolve = (state: DocumentState, event: DocumentEvent, recorded: Recorded): DocumentState =>
  state.status === 'none'
    ? { status: 'uploaded', upload: event.data, uploadedBy: recorded.actor, uploadedAt: recorded.recordedAt }
    : state;
