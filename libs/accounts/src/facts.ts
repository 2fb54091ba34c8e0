import type { Instant } from '@tempore/kernel';

import type { CustomerTerm } from './account-facts.events';
import type { OpenAccountState } from './account.state';

interface Fact {
  /** The event in which it was recorded: author, time and reason stand there. */
  readonly eventId: string;
}

/** What is on record of a customer and touches one line, which is all that a filing is judged by. */
export interface FactsOfLine {
  /** Country that decides the territory; null where nobody said. */
  readonly territory: string | null;
  /** The vendor keeps the customer for itself. */
  readonly house: Fact | null;
  /** The term that runs, the one that began last of several; where none does, the last that has begun. */
  readonly customerOfLine:
    | (Fact & {
        readonly from: Instant;
        readonly until: Instant | null;
        readonly partnerOfRecord: string | null;
      })
    | null;
  /** The latest verified letter in which the customer says who is to renew. */
  readonly renewalLetter: (Fact & { readonly partnerId: string }) | null;
}

/** @param isOfLine tells of each spelling that a fact was recorded under whether it is of the line */
export const factsOfLine = (
  { opening, facts }: OpenAccountState,
  isOfLine: (spelling: string) => boolean,
  at: Instant,
): FactsOfLine => {
  const term = [...facts.terms.values()]
    .filter(({ term: { productLine, from }, withdrawn }) => isOfLine(productLine) && from <= at && !withdrawn)
    .reduce<Term | null>((best, one) => (best && ranks(best, one, at) > 0 ? best : one), null);
  const letter = [...facts.letters.values()].findLast(
    ({ letter: { productLine }, withdrawn }) => isOfLine(productLine) && !withdrawn,
  );
  return {
    territory: facts.territory ?? opening.country,
    house: facts.house,
    customerOfLine: term && {
      eventId: term.eventId,
      from: term.term.from,
      until: term.term.until,
      partnerOfRecord: term.term.partnerOfRecord,
    },
    renewalLetter: letter ? { eventId: letter.eventId, partnerId: letter.letter.partner } : null,
  };
};

/** A term that runs stands before one that is over, a later one before an earlier, what was recorded last before the rest. */
const ranks = ({ term: a }: Term, { term: b }: Term, at: Instant): number =>
  Number(runs(a, at)) - Number(runs(b, at)) || a.from.localeCompare(b.from);

const runs = ({ until }: CustomerTerm, at: Instant): boolean => until === null || at < until;

type Term = OpenAccountState['facts']['terms'] extends ReadonlyMap<string, infer One> ? One : never;
