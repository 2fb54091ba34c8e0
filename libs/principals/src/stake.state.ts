import { type Instant, type Proposals, type Recorded, unreachable, withClosed, withProposal } from '@tempore/kernel';

import type { Stake, StakeChange, StakeEvent } from './stake.events';

/** A stake and when it counts: half-open, `until` null while it lasts. */
export interface KnownStake {
  readonly stake: Stake;
  readonly from: Instant;
  readonly until: Instant | null;
}

export interface StakesState {
  readonly stakes: ReadonlyMap<string, KnownStake>;
  readonly proposals: Proposals<StakeChange>;
}

export const initialStakes: StakesState = { stakes: new Map(), proposals: new Map() };

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolveStakes = (state: StakesState, event: StakeEvent, { actor, recordedAt }: Recorded): StakesState => {
  switch (event.type) {
    case 'stake-declared':
      return { ...state, stakes: begun(state.stakes, event.data.stake, recordedAt) };
    case 'stake-change-proposed':
      return { ...state, proposals: withProposal(state.proposals, event.data, actor) };
    case 'stake-change-adopted': {
      const { change, proposalId } = event.data;
      return {
        stakes:
          change.of === 'stake'
            ? begun(state.stakes, change.stake, recordedAt)
            : over(state.stakes, change.stakeId, recordedAt),
        proposals: withClosed(state.proposals, proposalId, 'adopted'),
      };
    }
    case 'stake-change-withdrawn':
      return { ...state, proposals: withClosed(state.proposals, event.data.proposalId, 'withdrawn') };
    default:
      return unreachable(event);
  }
};

type Stakes = StakesState['stakes'];

const begun = (stakes: Stakes, stake: Stake, from: Instant): Stakes =>
  stakes.has(stake.stakeId) ? stakes : new Map(stakes).set(stake.stakeId, { stake, from, until: null });

const over = (stakes: Stakes, stakeId: string, until: Instant): Stakes => {
  const known = stakes.get(stakeId);
  return known?.until === null ? new Map(stakes).set(stakeId, { ...known, until }) : stakes;
};

/** What somebody has a stake in at an instant. */
export const stakesAt = ({ stakes }: StakesState, at: Instant): readonly Stake[] =>
  [...stakes.values()]
    .filter(({ from, until }) => from <= at && (until === null || at < until))
    .map(({ stake }) => stake);

/** Whether somebody has declared a stake in one of these customers or partners: they state no facts about them (rulebook 3). */
export const hasDeclared = (
  state: StakesState,
  { accountIds, partnerIds }: { readonly accountIds: readonly string[]; readonly partnerIds: readonly string[] },
  at: Instant,
): boolean =>
  stakesAt(state, at).some(
    ({ on, id, kind }) => kind === 'declared' && (on === 'account' ? accountIds : partnerIds).includes(id),
  );

/** Whether somebody has a stake in a customer or a partner at an instant. */
export const hasStake = (
  state: StakesState,
  { accountId, partnerId }: { readonly accountId?: string; readonly partnerId?: string },
  at: Instant,
): boolean => stakesAt(state, at).some(({ on, id }) => id === (on === 'account' ? accountId : partnerId));
