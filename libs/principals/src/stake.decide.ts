import { isDeepStrictEqual } from 'node:util';

import {
  adoptProposal,
  type DecisionContext,
  makeProposal,
  reasonOf,
  Refusal,
  unreachable,
  withdrawProposal,
} from '@tempore/kernel';

import type {
  AdoptStakeChange,
  DeclareStake,
  ProposeStakeChange,
  StakeCommand,
  WithdrawStakeChange,
} from './stake.commands';
import type { StakeChange, StakeEvent } from './stake.events';
import type { StakesState } from './stake.state';

type Decision = readonly StakeEvent[];

export const declare = ({ data }: DeclareStake, { stakes }: StakesState, { actor }: DecisionContext): Decision => {
  if (actor !== data.principalId)
    throw new Refusal('STAKE_NOT_OWN', 'forbidden', 'People declare their own stakes only.', {
      remedy: 'Propose that somebody else has a stake; a second person then agrees.',
    });
  const stake = { ...data.stake, kind: 'declared' as const };
  const reason = reasonOf(data.reason);
  const known = stakes.get(stake.stakeId);
  if (!known) return [{ type: 'stake-declared', data: { stake, reason } }];
  if (isDeepStrictEqual(known.stake, stake)) return [];
  throw new Refusal('STAKE_EXISTS', 'conflict', 'Another stake is on record under this id.', {
    remedy: 'Declare it under an id of its own.',
  });
};

export const propose = ({ data }: ProposeStakeChange, { stakes, proposals }: StakesState): Decision => {
  const { change } = data;
  if (change.of === 'stake-end' && !stakes.has(change.stakeId))
    throw new Refusal('STAKE_NOT_FOUND', 'not-found', 'There is no such stake of this person.');
  return makeProposal(proposals, data, holds(change, stakes)).map((proposal) => ({
    type: 'stake-change-proposed',
    data: proposal,
  }));
};

export const adopt = ({ data }: AdoptStakeChange, { proposals }: StakesState, { actor }: DecisionContext): Decision =>
  adoptProposal(proposals, data.proposalId, actor).map((adoption) => {
    if (actor === data.principalId)
      throw new Refusal('STAKE_OWN', 'forbidden', 'Nobody confirms what is said of their own stakes.', {
        remedy: 'Ask a colleague with the same right to look at it and adopt it.',
      });
    return { type: 'stake-change-adopted', data: adoption };
  });

export const withdraw = ({ data }: WithdrawStakeChange, { proposals }: StakesState): Decision =>
  withdrawProposal(proposals, data).map((withdrawal) => ({ type: 'stake-change-withdrawn', data: withdrawal }));

export const decideStake = (command: StakeCommand, state: StakesState, context: DecisionContext): Decision => {
  switch (command.type) {
    case 'DeclareStake':
      return declare(command, state, context);
    case 'ProposeStakeChange':
      return propose(command, state);
    case 'AdoptStakeChange':
      return adopt(command, state, context);
    case 'WithdrawStakeChange':
      return withdraw(command, state);
    default:
      return unreachable(command);
  }
};

/** A stake goes by what ties whom to what, whatever its id. */
const holds = (change: StakeChange, stakes: StakesState['stakes']): boolean => {
  if (change.of === 'stake-end') return stakes.get(change.stakeId)?.until !== null;
  const { on, id, kind } = change.stake;
  return [...stakes.values()].some(
    ({ stake, until }) => until === null && stake.on === on && stake.id === id && stake.kind === kind,
  );
};
