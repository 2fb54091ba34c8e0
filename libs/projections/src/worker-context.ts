import type { Position } from '@tempore/kernel';

import type { Database } from './database';
import type { Feed } from './feed';
import type { LogSource } from './log-source';
import type { PreparedView } from './prepare';

export interface WorkerSettings {
  /** How long a view goes without a worker when its worker dies. */
  readonly leaseMs: number;
  /** The most events in one transaction, about. */
  readonly batchSize: number;
  /** How long a view may leave unsaved that it has passed events which change nothing in it. */
  readonly passingMs: number;
  /** How often the place of a view is saved that hears only of what others do. */
  readonly quietMs: number;
}

/** What a worker has to tell beside what `status` shows. */
export type WorkerNote =
  | { readonly kind: 'taken'; readonly view: string; readonly position: Position | undefined }
  | { readonly kind: 'lost'; readonly view: string }
  | { readonly kind: 'parked'; readonly view: string; readonly stream: string; readonly error: string }
  | { readonly kind: 'stopped'; readonly view: string; readonly error: string }
  | { readonly kind: 'failed'; readonly view: string; readonly error: unknown; readonly retryMs: number };

export interface WorkerContext {
  readonly database: Database;
  readonly feed: Feed;
  readonly source: LogSource;
  readonly prepared: PreparedView;
  readonly installation: string;
  readonly owner: string;
  readonly settings: WorkerSettings;
  readonly tell: (note: WorkerNote) => void;
}
