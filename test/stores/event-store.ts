import { randomUUID } from 'node:crypto';

import { variable } from './variable';

/** The event store of the run. It may hold other data: work in a namespace of your own. */
export const eventStoreUrl = (): string => variable('EVENTSTORE_URL');

export const freshNamespace = (): string => `test_${randomUUID().replaceAll('-', '')}`;
