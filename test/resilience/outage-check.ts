import { openStores, type StoreSettings } from '../../apps/composition/src/stores';
import type { Findings } from './history/check';
import type { History } from './history/history';
import { checkAtRest } from './rest';

/** What the checker finds once everything has come to rest; `settings` name the stores as they are reached untroubled. */
export const findingsOf = async (settings: StoreSettings, known: Pick<History, 'requests'>): Promise<Findings> => {
  const stores = await openStores(settings);
  try {
    return await checkAtRest(stores, known);
  } finally {
    await stores.close();
  }
};
