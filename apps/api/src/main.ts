import { runApp } from '../../composition/src/run-app';
import { startApi } from './start';

void runApp('api', async (context) => {
  context.logger.info({ address: await startApi(context) }, 'ready');
});
