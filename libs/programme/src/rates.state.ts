import { type Instant, type Proposals, type Recorded, unreachable, withClosed, withProposal } from '@tempore/kernel';

import type { Rate, RatesChange, RatesEvent } from './rates.events';

export interface RatesState {
  /** In the order of adoption. */
  readonly adopted: readonly { readonly rate: Rate; readonly adoptedAt: Instant }[];
  readonly proposals: Proposals<RatesChange>;
}

export const initialState: RatesState = { adopted: [], proposals: new Map() };

export const evolve = (
  { adopted, proposals }: RatesState,
  event: RatesEvent,
  { actor, recordedAt }: Recorded,
): RatesState => {
  switch (event.type) {
    case 'rates-proposed':
      return { adopted, proposals: withProposal(proposals, event.data, actor) };
    case 'rates-adopted':
      return {
        adopted: [...adopted, ...event.data.change.rates.map((rate) => ({ rate, adoptedAt: recordedAt }))],
        proposals: withClosed(proposals, event.data.proposalId, 'adopted'),
      };
    case 'rates-withdrawn':
      return { adopted, proposals: withClosed(proposals, event.data.proposalId, 'withdrawn') };
    default:
      return unreachable(event);
  }
};

/**
 * The rates to a currency that count at an instant, one of each other currency: that of the latest day up to then; of
 * several for one day, the one that was adopted last.
 */
export const ratesAt = ({ adopted }: RatesState, to: string, at: Instant): readonly Rate[] => {
  const counting = adopted
    .filter(({ rate, adoptedAt }) => rate.to === to && rate.on <= at.slice(0, 10) && adoptedAt <= at)
    .map(({ rate }) => rate)
    .toSorted((a, b) => Number(a.on > b.on) - Number(a.on < b.on));
  return [...new Map(counting.map((rate) => [rate.currency, rate])).values()];
};

/** The rate that counts for the same currencies and day; undefined where none was adopted. */
export const rateOf = (
  { adopted }: RatesState,
  { currency, to, on }: Pick<Rate, 'currency' | 'to' | 'on'>,
): Rate | undefined =>
  adopted.findLast(({ rate }) => rate.currency === currency && rate.to === to && rate.on === on)?.rate;
