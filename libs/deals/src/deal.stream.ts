import { deriveId } from '@tempore/kernel';

import type { LegacyDeal } from './deal.events';

/** Category of the streams of deals: `deal-<id>`. */
export const DEAL = 'deal';

/** An imported deal has the same id however often it is imported. */
export const legacyDealId = ({ system, reference }: LegacyDeal['source']): string =>
  deriveId('deal', system, reference);
