import type { Claim, DocketEvent, Terms } from '@tempore/dockets';
import { deriveId } from '@tempore/kernel';
import { dealOf, filedClaim, logged, NOW } from '@tempore/testing';

import { noticesOf } from '..';

const dealId = dealOf('northwind');
const partnerId = deriveId('partner', 'northwind');

const names = { line: 'Gateway', partner: 'Northwind Systems', customer: 'Contoso AG' };

const onDocket = (event: DocketEvent) => logged(event, 'docket-1');

const review = { targetAt: NOW, escalatesAt: NOW };
const claim = {
  partnerId,
  state: { status: 'submitted', review, escalated: false, referred: true },
  terms: filedClaim('northwind', NOW).data.terms as Terms,
  waiting: [],
} as const;

const toldOf = (
  event: DocketEvent,
  of: Pick<Claim, 'partnerId' | 'state' | 'terms' | 'waiting'> = claim,
): [string, string][] =>
  noticesOf(onDocket(event), NOW, () => of, names).map(({ notice }) => [
    notice.addressee.kind === 'role' ? notice.addressee.id : notice.addressee.kind,
    notice.template,
  ]);

it('given a claim that holds, then the partner alone learns that it was received: a rule may yet approve it', () =>
  expect(toldOf(filedClaim('northwind', NOW))).toEqual([['partner', 'claim-received']]));

describe('given a claim that no rule approves', () => {
  const referred: DocketEvent = { type: 'claim-referred', data: { dealId, reasons: ['tier'], conflict: null } };

  it('then reviewers learn that they have work', () =>
    expect(toldOf(referred)).toEqual([['channel-manager', 'review-requested']]));

  it('and that somebody has picked up since, then nobody is told that it waits', () =>
    expect(
      toldOf(referred, { ...claim, state: { status: 'in-review', review, escalated: false, reviewer: 'somebody' } }),
    ).toEqual([]));
});

it.each<[Extract<DocketEvent, { type: 'win-escalated' }>['data']['to'], string]>([
  ['superior', 'channel-manager'],
  ['head-of-programme', 'admin'],
])('given a win that nobody answered and that goes to the %s, then %s is told', (to, role) => {
  const data = { dealId, statementId: dealId, to, escalatesAt: null };
  expect(toldOf({ type: 'win-escalated', data })).toEqual([[role, 'win-escalated']]);
});

it('given a claim that queues, then the partner alone learns so', () =>
  expect(toldOf(filedClaim('northwind', NOW, { place: 'queued', review: null, lapsesAt: NOW }))).toEqual([
    ['partner', 'claim-queued'],
  ]));

it.each([
  ['received', {}],
  ['queued', { place: 'queued', review: null, lapsesAt: NOW } as const],
])(
  'given a claim that is %s without what shows its first touch, then its partner learns by when that is due',
  (as, data) => {
    const [told] = noticesOf(
      onDocket(filedClaim('northwind', NOW, { ...data, documentDueAt: NOW })),
      NOW,
      () => claim,
      names,
    );
    expect(told?.notice).toMatchObject({ template: `claim-${as}`, parameters: { dealId, documentBy: NOW } });
  },
);

it.each<[DocketEvent, string]>([
  [{ type: 'claim-offered', data: { dealId, reconfirmBy: NOW } }, 'claim-offered'],
  [{ type: 'claim-approved', data: { dealId, rule: null, conflict: null, windowEnds: NOW } }, 'claim-approved'],
  [{ type: 'claim-expired', data: { dealId } }, 'claim-expired'],
  [
    { type: 'claim-lapsed', data: { dealId, because: 'no-answer', contestable: true, contestableUntil: NOW } },
    'claim-lapsed',
  ],
])('given %o, then the partner is told', (event, template) => expect(toldOf(event)).toEqual([['partner', template]]));

it('given what a partner did itself, then it is not told', () =>
  expect(toldOf({ type: 'claim-withdrawn', data: { dealId, reason: 'lost interest' } })).toEqual([]));

it('given an event, when it is told twice, then both notices are one', () => {
  const event = onDocket(filedClaim('northwind', NOW));
  expect(noticesOf(event, NOW, () => claim, names)).toEqual(noticesOf(event, NOW, () => claim, names));
});

describe('given a notice', () => {
  const parametersOf = (event: DocketEvent) =>
    noticesOf(onDocket(event), NOW, () => claim, names)[0]?.notice.parameters;

  it('then its partner reads of its line, of ids, codes and instants, and of no one else’s deal', () => {
    const [told] = noticesOf(
      onDocket({ type: 'claim-offered', data: { dealId, reconfirmBy: NOW } }),
      NOW,
      () => claim,
      names,
    );
    expect(told?.notice.subject).toBe(`deal/${dealId}`);
    expect(told?.notice.parameters).toEqual({ dealId, line: 'Gateway', customer: 'Contoso AG', reconfirmBy: NOW });
  });

  it('then the vendor reads of the partner too', () =>
    expect(parametersOf({ type: 'claim-referred', data: { dealId, reasons: ['tier'], conflict: null } })).toEqual({
      dealId,
      line: 'Gateway',
      customer: 'Contoso AG',
      partner: 'Northwind Systems',
      reviewBy: NOW,
    }));
});
