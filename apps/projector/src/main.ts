import { runApp } from '../../composition/src/run-app';
import { startProjector } from './projector';

void runApp('projector', async (context) => {
  await startProjector(context);
  context.logger.info('ready');
});
