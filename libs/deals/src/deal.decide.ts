import { isDeepStrictEqual } from 'node:util';

import { Refusal, unreachable } from '@tempore/kernel';

import type { DealCommand, RecordLegacyDeal } from './deal.commands';
import type { DealEvent, LegacyDeal } from './deal.events';
import type { DealState } from './deal.state';
import {
  amend,
  claimOutcome,
  type DealContext,
  discard,
  draft,
  end,
  recordRehearsal,
  recordSubmission,
  reportStage,
  revise,
} from './registration.decide';

export const recordLegacyDeal = ({ data }: RecordLegacyDeal, state: DealState): readonly DealEvent[] => {
  if (state.status === 'none') return [{ type: 'legacy-deal-recorded', data, occurredAt: data.assertedAt }];
  if (state.status !== 'legacy')
    throw new Refusal('DEAL_EXISTS', 'conflict', 'This deal is registered here: it is no legacy deal.', {
      remedy: 'Give the row a reference of its own.',
    });
  const differing = differences(state.deal, data);
  if (differing.length === 0) return [];
  throw new Refusal(
    'LEGACY_DEAL_DIFFERS',
    'conflict',
    `This deal was recorded before with another ${differing.join(', ')}.`,
    { remedy: 'Leave the row as it was imported first, or give it a reference of its own.', facts: { differing } },
  );
};

export const decide = (command: DealCommand, state: DealState, context: DealContext): readonly DealEvent[] => {
  switch (command.type) {
    case 'RecordLegacyDeal':
      return recordLegacyDeal(command, state);
    case 'DraftDeal':
      return draft(command, state, context);
    case 'ReviseDeal':
      return revise(command, state, context);
    case 'DiscardDraft':
      return discard(state);
    case 'RecordRehearsal':
      return recordRehearsal(command, state);
    case 'RecordSubmission':
      return recordSubmission(command, state);
    case 'AmendDeal':
      return amend(command, state, context);
    case 'ReportStage':
      return reportStage(command, state, context);
    case 'ClaimOutcome':
      return claimOutcome(command, state, context);
    case 'EndDeal':
      return end(command, state);
    default:
      return unreachable(command);
  }
};

/** The fields in which two records of one deal differ. Where it was read is no content: exports come in any order. */
const differences = (recorded: LegacyDeal, given: LegacyDeal): readonly string[] =>
  Object.entries(recorded)
    .filter(([field, value]) => field !== 'row' && !isDeepStrictEqual(value, given[field as keyof LegacyDeal]))
    .map(([field]) => field);
