import { once } from 'node:events';

import { readSettings } from '@tempore/settings';

import { startApi } from '../../api/src/start';
import { Lifetime } from '../../composition/src/lifetime';
import { createLogger } from '../../composition/src/logger';
import { explain, openContext } from '../../composition/src/run-app';
import type { ApiStarted, StoreUrls } from './api-process';

/** The API as a part of `npm start`: it is told where the stores are, and answers where it is. */
const serve = async (): Promise<ApiStarted> => {
  const settings = readSettings(process.env);
  const logger = createLogger(settings, 'tempore');
  const lifetime = new Lifetime(logger);
  lifetime.endWithParent();
  const [stores] = (await once(process, 'message')) as [StoreUrls];
  try {
    return { address: await startApi(await openContext({ ...settings, ...stores }, logger, lifetime)) };
  } catch (error) {
    await lifetime.end();
    return { failure: explain(error) };
  }
};

void serve().then((started) => process.send?.(started));
