import { runApp } from '../../composition/src/run-app';
import { startReactor } from './reactor';

void runApp('reactor', async (context) => {
  await startReactor(context);
  context.logger.info('ready');
});
