import { words } from '../words';

/** How the right of a deal looks, wherever it is drawn: shape and word, and colour only beside them. */
export type Look = 'held' | 'protected' | 'queued' | 'attend' | 'ended' | 'draft';

const LOOKS: Readonly<Record<string, Look>> = {
  draft: 'draft',
  submitted: 'held',
  'in-review': 'held',
  offered: 'attend',
  'action-required': 'attend',
  queued: 'queued',
  approved: 'protected',
  won: 'protected',
};

/** Of a deal's status; null is that of a sale of another system. */
export const lookOf = (status: string | null): Look => (status === null ? 'ended' : (LOOKS[status] ?? 'ended'));

/** A state: its shape and its word. */
export const StateMark = ({ status, children }: { readonly status: string | null; readonly children?: string }) => (
  <span className="state" data-look={lookOf(status)}>
    <span className="state-shape" aria-hidden="true" />
    <span>{children ?? words.states[status ?? 'elsewhere'] ?? status}</span>
  </span>
);
