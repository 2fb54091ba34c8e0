import { startProjections } from '@tempore/projections';

import type { AppContext } from '../../composition/src/run-app';
import { logSource, views } from '../../composition/src/views';

/** Keeps every view up to date until the process ends. */
export const startProjector = async ({ stores, logger, lifetime, soleOwner }: AppContext): Promise<void> => {
  const projections = await startProjections({
    database: stores.readSide,
    source: logSource(stores.eventStore),
    installation: stores.installationId,
    views,
    ...(soleOwner && { owner: soleOwner }),
    tell: ({ kind, ...note }) => {
      const level = { taken: 'info', lost: 'warn', parked: 'error', stopped: 'error', failed: 'warn' } as const;
      logger[level[kind]](note, `view ${kind}`);
    },
  });
  lifetime.add('projector', projections, (running) => running.stop());
};
