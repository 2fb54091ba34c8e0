import type { Command } from '@tempore/kernel';

import type { LegacyDeal } from './deal.events';

export type RecordLegacyDeal = Command<'RecordLegacyDeal', LegacyDeal>;

export type DealCommand = RecordLegacyDeal;
