import { runApp } from '../../composition/src/run-app';
import { startApi } from './start';

void runApp('api', async ({ settings, stores, logger, lifetime }) => {
  logger.info({ address: await startApi(settings, stores, logger, lifetime) }, 'ready');
});
