import { randomUUID } from 'node:crypto';

import type { Database } from './database';
import { ProjectionError } from './errors';
import { Feed } from './feed';
import type { LogSource } from './log-source';
import { decodeOnce, prepareView } from './prepare';
import type { Projection } from './projection';
import type { FeedSettings } from './reader';
import { ensureSchema } from './schema';
import { checkDeclaration, idOf } from './tables';
import { ensureView } from './views';
import { work } from './worker';
import type { WorkerNote, WorkerSettings } from './worker-context';

export interface ProjectionsOptions {
  readonly database: Database;
  readonly source: LogSource;
  /** Identity of the log, kept with every checkpoint. */
  readonly installation: string;
  readonly views: readonly Projection[];
  /**
   * Under which name leases are held; a new one each start where absent. Whoever is sure to be the only one may keep its
   * own: it need not wait until the lease of its killed predecessor is over.
   */
  readonly owner?: string;
  readonly settings?: Partial<WorkerSettings & FeedSettings>;
  readonly tell?: (note: WorkerNote) => void;
}

export interface Projections {
  /** Ends all workers after what they have under way, and gives their leases back. */
  readonly stop: () => Promise<void>;
}

const DEFAULTS: WorkerSettings = { leaseMs: 10_000, batchSize: 1_000, passingMs: 20, quietMs: 1_000 };

/**
 * Keeps views up to date, each by one worker at a time however many processes run this. Makes what is missing in the
 * database first; throws `VIEW_MALFORMED`, `VIEW_CHANGED` or `CHECKPOINT_FOREIGN` before any worker starts.
 */
export const startProjections = async (options: ProjectionsOptions): Promise<Projections> => {
  const { database, source, installation, views, tell = () => undefined } = options;
  const settings = { ...DEFAULTS, ...options.settings };
  checkTogether(views);
  await ensureSchema(database);
  for (const view of views) await ensureView(database, installation, view);
  const feed = new Feed(source, options.settings);
  const decode = views.length > 1 ? decodeOnce() : undefined;
  const { owner = randomUUID() } = options;
  const stopping = new AbortController();
  const workers = views.map((view) =>
    work(
      { database, feed, source, prepared: prepareView(view, decode), installation, owner, settings, tell },
      stopping.signal,
    ),
  );
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(workers);
    },
  };
};

/** Table names are shared by all views of a schema; versions of one view share theirs on purpose. */
const checkTogether = (views: readonly Projection[]): void => {
  const ids = new Set<string>();
  const owners = new Map<string, string>();
  for (const view of views) {
    checkDeclaration(view);
    if (ids.has(idOf(view))) throw new ProjectionError('VIEW_MALFORMED', `view ${idOf(view)} is declared twice`);
    ids.add(idOf(view));
    for (const { name } of view.tables) {
      const owner = owners.get(name) ?? view.name;
      if (owner !== view.name)
        throw new ProjectionError('VIEW_MALFORMED', `table "${name}" is declared by ${owner} and by ${view.name}`);
      owners.set(name, owner);
    }
  }
};
