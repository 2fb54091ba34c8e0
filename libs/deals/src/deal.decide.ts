import { isDeepStrictEqual } from 'node:util';

import { Refusal } from '@tempore/kernel';

import type { DealCommand, RecordLegacyDeal } from './deal.commands';
import type { DealEvent, LegacyDeal } from './deal.events';
import type { DealState } from './deal.state';

export const recordLegacyDeal = ({ data }: RecordLegacyDeal, state: DealState): readonly DealEvent[] => {
  if (state.status === 'none') return [{ type: 'legacy-deal-recorded', data, occurredAt: data.assertedAt }];
  const differing = differences(state.deal, data);
  if (differing.length === 0) return [];
  throw new Refusal(
    'LEGACY_DEAL_DIFFERS',
    'conflict',
    `This deal was recorded before with another ${differing.join(', ')}.`,
    { remedy: 'Leave the row as it was imported first, or give it a reference of its own.', facts: { differing } },
  );
};

export const decide = (command: DealCommand, state: DealState): readonly DealEvent[] =>
  recordLegacyDeal(command, state);

/** The fields in which two records of one deal differ. Where it was read is no content: exports come in any order. */
const differences = (recorded: LegacyDeal, given: LegacyDeal): readonly string[] =>
  Object.entries(recorded)
    .filter(([field, value]) => field !== 'row' && !isDeepStrictEqual(value, given[field as keyof LegacyDeal]))
    .map(([field]) => field);
