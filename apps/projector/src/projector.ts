import { type Projections, startProjections } from '@tempore/projections';
import type { Logger } from 'pino';

import type { Stores } from '../../composition/src/stores';
import { logSource, views } from '../../composition/src/views';

/** Keeps every view up to date until it is stopped. */
export const startProjector = (
  { eventStore, installationId, readSide }: Pick<Stores, 'eventStore' | 'installationId' | 'readSide'>,
  logger: Logger,
): Promise<Projections> =>
  startProjections({
    database: readSide,
    source: logSource(eventStore),
    installation: installationId,
    views,
    tell: ({ kind, ...note }) => {
      const level = { taken: 'info', lost: 'warn', parked: 'error', stopped: 'error', failed: 'warn' } as const;
      logger[level[kind]](note, `view ${kind}`);
    },
  });
