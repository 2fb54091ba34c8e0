import { reportFailedStart } from '../../composition/src/run-app';
import { startStandalone } from './standalone';

startStandalone(process.env).catch((error: unknown) => {
  reportFailedStart('tempore', error);
  process.exitCode = 1;
});
