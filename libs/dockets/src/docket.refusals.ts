import { nameOf, Refusal, textOf } from '@tempore/kernel';

import type { Claim } from './claim';

const missing = (field: string) => (fault: string) =>
  new Refusal('DOCKET_TEXT_MISSING', 'invalid', `${field} ${fault}.`, { remedy: `Give ${field} in words.` });

/** What a question asks, without the space around it. Throws `DOCKET_TEXT_MISSING`. */
export const questionOf = (text: string): string => textOf(text, missing('text'));

/** A reference without the space around it. Throws `DOCKET_TEXT_MISSING`. */
export const referenceOf = (text: string): string => nameOf(text, missing('reference'));

export const claimNotFound = () =>
  new Refusal('CLAIM_NOT_FOUND', 'not-found', 'This deal has no claim here.', { remedy: 'File the deal first.' });

/** The claim stands where the command cannot be carried out; `remedy` says what can be done there. */
export const notWhereItStands = ({ state: { status }, since }: Claim, code: string, remedy: string) =>
  new Refusal(code, 'conflict', `The claim is ${status} since ${since}.`, { remedy, facts: { status, since } });

export const claimEnded = (claim: Claim) =>
  notWhereItStands(claim, 'CLAIM_ENDED', 'Register the sale anew as a deal of its own.');

/** Whoever answers too late learns which deadline it was: a claim lapses at the instant at which its deadline passes. */
export const deadlinePassed = (claim: Claim) => {
  const { state, since } = claim;
  const isContestable = state.status === 'lapsed' && claim.endedAt === null;
  const contestableUntil = isContestable ? state.contestableUntil : null;
  const until = contestableUntil ? ` until ${contestableUntil}` : ', until when its notice says';
  return new Refusal('DEADLINE_PASSED', 'conflict', `The deadline passed at ${since}, and the claim lapsed.`, {
    remedy: isContestable
      ? `Contest the lapse${until}; after that the sale may be registered anew.`
      : 'Register the sale anew as a deal of its own.',
    facts: { status: state.status, deadline: since, contestableUntil },
  });
};
