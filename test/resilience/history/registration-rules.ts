import type { DealEnd, DealEvent } from '@messages/deals';
import type { DocketEvent } from '@messages/dockets';
import { type LoggedEvent, subjectOf } from '@tempore/kernel';

import type { History, Violation } from './history';

/**
 * A deal and its docket know of each other, and every claim was looked at. Told by what stands in the two streams, in
 * words of its own: neither a state nor a process of the product is asked, so an error of theirs shows.
 */
export const registrationsAreWhole = ({ log }: History): Violation[] => {
  const facts = log as readonly Fact[];
  return [
    ...differences(facts.flatMap(filedOnDocket), facts.flatMap(filedForDeal)),
    ...differences(endsOnDockets(facts), facts.flatMap(endedForDeal)),
    ...neverLookedAt(facts),
  ].map(({ where, what }) => ({ rule: 'nothing-half-done', where, what }));
};

type Fact = LoggedEvent<DealEvent | DocketEvent>;

/** Something that both streams have to say. */
interface Saying {
  readonly dealId: string;
  readonly what: string;
}

const filedOnDocket = ({ stream, type, data }: Fact): Saying[] =>
  type === 'claim-filed' ? [filed(data.dealId, subjectOf(stream), data.content.eventId)] : [];

const filedForDeal = ({ stream, type, data }: Fact): Saying[] =>
  type === 'deal-submitted' ? [filed(subjectOf(stream), data.docketId, data.content.eventId)] : [];

const filed = (dealId: string, docketId: string, contentId: string): Saying => ({
  dealId,
  what: `filed on docket ${docketId} with content ${contentId}`,
});

const ended = (dealId: string, as: DealEnd): Saying => ({ dealId, what: `ended as ${as}` });

const endedForDeal = ({ stream, type, data }: Fact): Saying[] =>
  type === 'deal-ended' ? [ended(subjectOf(stream), data.as)] : [];

const ENDS: Readonly<Partial<Record<Fact['type'], DealEnd>>> = {
  'claim-withdrawn': 'withdrawn',
  'offer-declined': 'withdrawn',
  'claim-released': 'released',
  'win-confirmed': 'won',
  'claim-lost': 'lost',
  'claim-superseded': 'superseded',
};

const endsOnDockets = (facts: readonly Fact[]): Saying[] => {
  const rejected = new Set(facts.filter(({ type }) => type === 'claim-rejected').flatMap(dealIn));
  return facts.flatMap((fact): Saying[] => {
    const { type, data } = fact;
    // From a place it ends only when nobody may contest it any more.
    if (type === 'claim-lapsed') return data.contestable ? [] : [ended(data.dealId, 'lapsed')];
    if (type === 'contest-period-ended') return [ended(data.dealId, rejected.has(data.dealId) ? 'rejected' : 'lapsed')];
    const as = ENDS[type];
    return as ? dealIn(fact).map((dealId) => ended(dealId, as)) : [];
  });
};

const dealIn = ({ data }: Fact): string[] => ('dealId' in data ? [data.dealId] : []);

interface HalfDone {
  readonly where: string;
  readonly what: string;
}

const differences = (onDockets: readonly Saying[], inDeals: readonly Saying[]): HalfDone[] => [
  ...missing(onDockets, inDeals).map(({ dealId, what }) => ({
    where: `deal-${dealId}`,
    what: `does not know it was ${what}`,
  })),
  ...missing(inDeals, onDockets).map(({ dealId, what }) => ({
    where: `deal-${dealId}`,
    what: `alone says it was ${what}`,
  })),
];

const missing = (these: readonly Saying[], those: readonly Saying[]): Saying[] => {
  const known = new Set(those.map(({ dealId, what }) => `${dealId} ${what}`));
  return these.filter(({ dealId, what }) => !known.has(`${dealId} ${what}`));
};

const LOOKED_AT: readonly Fact['type'][] = [
  'claim-approved',
  'claim-referred',
  'review-picked-up',
  'claim-withdrawn',
  'claim-superseded',
];

/** Claims that took a place and that neither a rule nor a person has looked at since; one that is over needs no look. */
const neverLookedAt = (facts: readonly Fact[]): HalfDone[] => {
  const lookedAt = new Set(facts.filter(({ type }) => LOOKED_AT.includes(type)).flatMap(dealIn));
  return facts.flatMap(({ stream, type, data }) =>
    type === 'claim-filed' && data.place === 'held' && !lookedAt.has(data.dealId)
      ? [{ where: stream, what: `nobody looked at the claim of deal ${data.dealId}` }]
      : [],
  );
};
