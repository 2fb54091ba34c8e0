import { Refusal } from '@tempore/kernel';

import type { ContentField } from './deal.content';

/** What a partner may change of its own accord while a reviewer waits for it, or once approved (rulebook 3). */
export const whitelist: readonly ContentField[] = [
  'customer.address',
  'customer.website',
  'estimatedClose',
  'value',
  'businessProblem',
  'ownReference',
];

/** Who the customer is, what is sold and where: whoever has to change it withdraws and files anew. */
export const fixedFields: readonly ContentField[] = [
  'customer.legalName',
  'customer.country',
  'customer.domain',
  'customer.registryNumber',
  'productLine',
  'site',
];

/** What may be added to at any time and never replaced. */
export const growingFields: readonly ContentField[] = ['contacts', 'evidence'];

/** What the docket lets the partner say of a filed deal, beside adding contacts and evidence. */
export interface PartnerRights {
  readonly amend: readonly ContentField[];
  readonly reportStage: boolean;
  /** Number of the reviewer's question that waits for an answer; null where none does. */
  readonly question: number | null;
}

/** Throws `FIELD_NOT_AMENDABLE` with every field that is neither open nor only added to. */
export const expectAmendable = (changed: readonly ContentField[], open: readonly ContentField[]): void => {
  const fields = changed.filter((field) => !open.includes(field) && !growingFields.includes(field));
  if (fields.length === 0) return;
  throw new Refusal('FIELD_NOT_AMENDABLE', 'conflict', `These fields may not change now: ${fields.join(', ')}.`, {
    remedy: 'Leave them as they were filed; who means another customer, line or site withdraws and files anew.',
    facts: { fields },
  });
};
