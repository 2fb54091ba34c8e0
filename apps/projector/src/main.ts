import { runApp } from '../../composition/src/run-app';
import { startProjector } from './projector';

void runApp('projector', async ({ stores, logger, lifetime }) => {
  lifetime.add('projector', await startProjector(stores, logger), (projector) => projector.stop());
  logger.info('ready');
});
