import { randomUUID } from 'node:crypto';

import { type Caller, idOf } from './caller';
import type { System } from './system';

/** A partner in the programme, with somebody who acts for it. */
export interface ActingPartner {
  readonly id: string;
  readonly caller: Caller;
}

/** Puts a partner into the programme, at a tier. */
export const enrol = async (
  system: Pick<System, 'as'>,
  { tier = 'bronze', name = `Partner ${randomUUID()}` }: { readonly tier?: string; readonly name?: string } = {},
): Promise<ActingPartner> => {
  const manager = await system.as('channel-manager');
  const id = idOf(await manager.post('/v1/partners', { legalName: name, country: 'CH' }));
  const approved = await manager.post(`/v1/partners/${id}/approval`, { tier });
  if (approved.status !== 200) throw new Error(`The partner was not approved: ${approved.text}`);
  return { id, caller: await system.as('partner-user', id) };
};

/** A customer that nobody knows yet. */
export const aCustomer = (name = `Customer ${randomUUID().slice(0, 8)}`) => ({
  legalName: name,
  country: 'CH',
  domain: `c${randomUUID().slice(0, 12)}.ch`,
});

/** What a partner sends to register a deal; complete but for the document that shows the first touch. */
export const aDeal = (documentId: string, given: Readonly<Record<string, unknown>> = {}) => ({
  customer: aCustomer(),
  contacts: [{ name: 'Ada Lovelace', email: 'ada@contoso.ch', consentedOn: '2026-01-02' }],
  productLine: 'Gateway',
  type: 'new',
  value: { oneTime: { minorUnits: 7_500_000, currency: 'USD' } },
  estimatedClose: '2099-12-31',
  businessProblem: 'Branches lose orders when the line is down',
  firstTouch: { kind: 'meeting', at: '2026-01-02T10:00:00Z', counterpart: { name: 'Ada Lovelace' }, documentId },
  ...given,
});
