import type { DocketEvent } from '@messages/dockets';
import { deriveId } from '@tempore/kernel';
import { dealOf, filedClaim, logged, NOW } from '@tempore/testing';

import { noticesOf } from '..';

const dealId = dealOf('northwind');
const partnerId = deriveId('partner', 'northwind');

const onDocket = (event: DocketEvent) => logged(event, 'docket-1');

const toldOf = (event: DocketEvent): [string, string][] =>
  noticesOf(onDocket(event), () => partnerId).map(({ notice }) => [notice.addressee.kind, notice.template]);

it('given a claim that holds, then the partner learns that it was received, and reviewers that they have work', () =>
  expect(toldOf(filedClaim('northwind', NOW))).toEqual([
    ['partner', 'claim-received'],
    ['role', 'review-requested'],
  ]));

it('given a claim that queues, then the partner alone learns so', () =>
  expect(toldOf(filedClaim('northwind', NOW, { place: 'queued', review: null, lapsesAt: NOW }))).toEqual([
    ['partner', 'claim-queued'],
  ]));

it.each<[DocketEvent, string]>([
  [{ type: 'claim-offered', data: { dealId, reconfirmBy: NOW } }, 'claim-offered'],
  [{ type: 'claim-approved', data: { dealId, rule: null, conflict: null, windowEnds: NOW } }, 'claim-approved'],
  [{ type: 'claim-expired', data: { dealId } }, 'claim-expired'],
  [{ type: 'claim-lapsed', data: { dealId, because: 'no-answer', contestableUntil: NOW } }, 'claim-lapsed'],
])('given %o, then the partner is told', (event, template) => expect(toldOf(event)).toEqual([['partner', template]]));

it('given what a partner did itself, then it is not told', () =>
  expect(toldOf({ type: 'claim-withdrawn', data: { dealId, reason: 'lost interest' } })).toEqual([]));

it('given an event, when it is told twice, then both notices are one', () => {
  const event = onDocket(filedClaim('northwind', NOW));
  expect(noticesOf(event, () => partnerId)).toEqual(noticesOf(event, () => partnerId));
});

it('given a notice, then it names ids, codes and instants, and no one else’s deal', () => {
  const [told] = noticesOf(onDocket({ type: 'claim-offered', data: { dealId, reconfirmBy: NOW } }), () => partnerId);
  expect(told?.notice).toMatchObject({ subject: `deal/${dealId}`, parameters: { dealId, reconfirmBy: NOW } });
});
