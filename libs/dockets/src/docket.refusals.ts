import { Refusal } from '@tempore/kernel';

import type { Claim } from './claim';

/** Trimmed. Throws `DOCKET_TEXT_MISSING`. */
export const textOf = (field: string, text: string): string => {
  const trimmed = text.trim();
  if (trimmed !== '') return trimmed;
  throw new Refusal('DOCKET_TEXT_MISSING', 'invalid', `${field} is empty.`, { remedy: `Give ${field} in words.` });
};

export const claimNotFound = () =>
  new Refusal('CLAIM_NOT_FOUND', 'not-found', 'This deal has no claim here.', { remedy: 'File the deal first.' });

/** The claim stands where the command cannot be carried out; `remedy` says what can be done there. */
export const notWhereItStands = ({ state: { status }, since }: Claim, code: string, remedy: string) =>
  new Refusal(code, 'conflict', `The claim is ${status} since ${since}.`, { remedy, facts: { status, since } });

export const claimEnded = (claim: Claim) =>
  notWhereItStands(claim, 'CLAIM_ENDED', 'Register the sale anew as a deal of its own.');
