import type { AddressInfo } from 'node:net';

import { openIds } from '@tempore/acts';
import { INSTALLATION_STREAM } from '@tempore/event-store';
import { Refusal } from '@tempore/kernel';
import { openViewWatch, ProjectionError, status, type ViewWatch, whyNotReady } from '@tempore/projections';

import type { AppContext } from '../../composition/src/run-app';
import type { Stores } from '../../composition/src/stores';
import { views } from '../../composition/src/views';
import { createApi } from './api';
import { RevokedTokens } from './auth/revoked-tokens';
import { createMetrics } from './health/metrics';
import type { Check } from './health/readiness';
import type { Views } from './reading/views';

/** A view whose worker has not been heard of for so long is not kept up to date. */
const MAX_HEARTBEAT_AGE_S = 30;

const checksOf = ({ eventStore, database, readSide }: Stores): Readonly<Record<string, Check>> => ({
  eventStore: async () => {
    await eventStore.load(INSTALLATION_STREAM);
    return 'answers';
  },
  database: async () => {
    await database.query('SELECT 1');
    return 'answers';
  },
  views: async () => {
    const reports = await status(readSide);
    const missing = views.filter(({ name }) => !reports.some(({ view, live }) => live && view === name));
    const reasons = [
      ...missing.map(({ name }) => `${name} was never built: no projector has run`),
      ...whyNotReady(reports, MAX_HEARTBEAT_AGE_S),
    ];
    if (reasons.length > 0) throw new Error(reasons.join('; '));
    return `${reports.length} kept up to date`;
  },
});

/** The read side as the API's routes wait for it: what the engine calls errors are refusals to the caller. */
const toViews = (watch: ViewWatch): Views => ({
  expectRunning: (view) => {
    if (watch.hasStopped(view))
      throw new Refusal(
        'VIEW_STOPPED',
        'unavailable',
        'This part of the read side has stopped, and an operator is needed.',
        {
          remedy: 'What is sent is recorded all the same. Ask again later.',
        },
      );
  },
  reached: async (view, position, timeoutMs) => {
    try {
      await watch.reached(view, position, timeoutMs);
    } catch (error) {
      if (!(error instanceof ProjectionError)) throw error;
      throw new Refusal(error.code, 'unavailable', 'The read side has not got to your change yet.', {
        remedy: 'Your change is recorded. Ask again shortly, with the same token.',
      });
    }
  },
});

/** Starts the API. Resolves to its address once it answers. */
export const startApi = async ({ settings, stores, logger, lifetime, clock }: AppContext): Promise<string> => {
  const watch = lifetime.add(
    'view watch',
    await openViewWatch({ connectionString: settings.databaseUrl, schema: stores.readSide.schema }),
    (open) => open.close(),
  );
  const ids = await openIds(stores, clock.now());
  const revocations = lifetime.add('revoked tokens', await RevokedTokens.open(stores.eventStore, logger), (open) =>
    open.close(),
  );
  const app = lifetime.add(
    'api',
    await createApi({
      settings,
      stores,
      clock,
      logger,
      views: toViews(watch),
      revocations,
      ids,
      metrics: createMetrics(stores),
      checks: checksOf(stores),
    }),
    (api) => api.close(),
  );
  await app.listen(settings.http.port, settings.http.host);
  const { address, port } = app.getHttpServer().address() as AddressInfo;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
};
