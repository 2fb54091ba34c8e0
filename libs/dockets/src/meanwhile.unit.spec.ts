/** What may be done while something else is pending, and who has a right that another one's passed by. */
import { addDays, deriveId, type Instant, parseDay, parseInstant } from '@tempore/kernel';
import {
  accountId,
  aDocketContext,
  aStanding,
  aTouch,
  dealOf,
  docketHistory,
  filing,
  fold,
  given,
  NOW,
  productLine,
  told,
  usd,
} from '@tempore/testing';

import { docket, type DocketCommand, outcomeBarredBy } from '.';
import { countable, valuationOf } from './valuation';

const at = (text: string): Instant => parseInstant(`2026-${text}:00.000Z`);
const as = (partner: string, now: Instant) => aDocketContext({ now, partner: aStanding(partner) });

const A = dealOf('northwind');
const B = dealOf('fabrikam');
const ENDED = at('06-01T09:00');
const closedOn = parseDay('2026-05-20');

const pickUp = (dealId: string): DocketCommand => ({ type: 'PickUpReview', data: { dealId } });
const approve = (dealId: string): DocketCommand => ({ type: 'ApproveClaim', data: { dealId } });
const reject = (dealId: string): DocketCommand => ({
  type: 'RejectClaim',
  data: { dealId, code: 'NOT_QUALIFIED', reason: 'No project' },
});
const win = (dealId: string, id = '1'): DocketCommand => ({
  type: 'ReportWin',
  data: { dealId, statementId: deriveId('statement', id), closedOn },
});
const confirmWin: DocketCommand = { type: 'ConfirmWin', data: { dealId: A } };
const release: DocketCommand = { type: 'ReleaseClaim', data: { dealId: A, reason: 'No budget' } };
const loss: DocketCommand = {
  type: 'ReportLoss',
  data: { dealId: A, statementId: deriveId('statement', 'loss'), reason: 'Bought elsewhere' },
};
const amend = (content: string, units: number): DocketCommand => ({
  type: 'AmendClaim',
  data: {
    dealId: A,
    content: { eventId: deriveId('content', content), hash: 'a'.repeat(64) },
    amounts: [usd(units)],
    changed: ['value'],
    elsewhere: { live: usd(0), approved: usd(0) },
  },
});

const tells = (partner: string, command: DocketCommand, now = NOW) => told(now, partner, command);
const protectedClaim = [
  tells('northwind', filing('northwind')),
  tells('northwind', pickUp(A)),
  tells('northwind', approve(A)),
];
const rival = tells('fabrikam', filing('fabrikam'), at('05-20T09:00'));
const expired = tells('northwind', { type: 'SettleDocket', data: {} }, ENDED);

describe('the win of a former holder (rulebook 5, won after expiry)', () => {
  it('given nobody else, when it reports a win after its window, then the vendor is asked', () =>
    expect(
      docket.decide(win(A), fold(docket, docketHistory([...protectedClaim, expired])), as('northwind', ENDED)),
    ).toMatchObject([{ type: 'win-claimed', data: { dealId: A } }]));

  it('given a next in line that was offered the place, when the former holder reports a win, then the place is not its own', () => {
    const offered = docketHistory([...protectedClaim, rival, expired]);
    expect(fold(docket, offered).claims.map(({ state: { status } }) => status)).toEqual(['expired', 'offered']);
    given(docket, offered).when(win(A), as('northwind', ENDED)).thenRefused('CLAIM_NOT_HOLDER');
    expect(outcomeBarredBy(fold(docket, offered), A, { outcome: 'won', closedOn }, ENDED)?.code).toBe(
      'CLAIM_NOT_HOLDER',
    );
  });

  it('given a next in line that declined, when the former holder reports a win, then that stays so: somebody else held since', () =>
    given(
      docket,
      docketHistory([
        ...protectedClaim,
        rival,
        expired,
        tells('fabrikam', { type: 'DeclineOffer', data: { dealId: B, reason: 'No budget' } }, ENDED),
      ]),
    )
      .when(win(A), as('northwind', ENDED))
      .thenRefused('CLAIM_NOT_HOLDER'));

  it('given another sale on another site, when the former holder reports a win, then that takes nothing from it', () => {
    const bern = [tells('northwind', filing('northwind', { site: 'Bern' })), ...protectedClaim.slice(1)];
    const basel = tells('fabrikam', filing('fabrikam', { site: 'Basel' }), at('05-20T09:00'));
    const state = fold(docket, docketHistory([...bern, basel, expired]));
    expect(docket.decide(win(A), state, as('northwind', ENDED))).toMatchObject([{ type: 'win-claimed' }]);
  });

  it('given a claim in line that never had the place, when its partner reports a win, then it is not the holder', () =>
    given(docket, docketHistory([...protectedClaim, rival]))
      .when(win(B), as('fabrikam', at('05-21T09:00')))
      .thenRefused('CLAIM_NOT_HOLDER'));

  it('given a claim that nobody decided, when its partner reports a win, then it waits for that', () =>
    given(docket, docketHistory(protectedClaim.slice(0, 2)))
      .when(win(A), as('northwind', at('05-21T09:00')))
      .thenRefused('CLAIM_NOT_APPROVED'));

  it('given today, then it may have closed today, and not tomorrow', () => {
    const reported = (day: string): DocketCommand => ({
      type: 'ReportWin',
      data: { dealId: A, statementId: deriveId('statement', '1'), closedOn: parseDay(day) },
    });
    const history = docketHistory(protectedClaim);
    given(docket, history).when(reported('2026-03-03'), as('northwind', NOW)).thenRefused('WIN_IN_FUTURE');
    const today = docket.decide(reported('2026-03-02'), fold(docket, history), as('northwind', NOW));
    expect(today).toMatchObject([{ type: 'win-claimed', data: { closedOn: '2026-03-02' } }]);
  });
});

describe('while a win is pending', () => {
  const pending = docketHistory([...protectedClaim, tells('northwind', win(A), at('05-21T09:00'))]);
  const now = at('05-22T09:00');

  it('when the protection is released, then it is refused: the vendor answers first', () =>
    given(docket, pending).when(release, as('northwind', now)).thenRefused('WIN_PENDING'));

  it('when the same win is reported again, then nothing happens; when another is, then it is refused', () => {
    given(docket, pending).when(win(A), as('northwind', now)).thenNothing();
    given(docket, pending).when(win(A, '2'), as('northwind', now)).thenRefused('WIN_PENDING');
  });

  it('when it is confirmed twice, then it is won once, and no further answer is taken', () => {
    const won = docketHistory([
      ...protectedClaim,
      tells('northwind', win(A), at('05-21T09:00')),
      tells('northwind', confirmWin, now),
    ]);
    given(docket, won).when(confirmWin, as('northwind', now)).thenNothing();
    given(docket, won).when(win(A), as('northwind', now)).thenNothing();
    given(docket, won)
      .when({ type: 'RefuseWin', data: { dealId: A, reason: 'No order' } }, as('northwind', now))
      .thenRefused('NO_WIN_PENDING');
    given(docket, won).when(loss, as('northwind', now)).thenRefused('CLAIM_ENDED');
  });
});

describe('while an amendment is pending', () => {
  const above = amend('above', 150_000);
  const history = docketHistory([...protectedClaim, tells('northwind', above)]);
  const on = as('northwind', addDays(NOW, 1));

  it('when the same is laid before the docket again, then nothing happens', () =>
    given(docket, history).when(above, on).thenNothing());

  it('when another is, then it waits until somebody has looked at the first', () =>
    given(docket, history).when(amend('another', 160_000), on).thenRefused('AMENDMENT_PENDING'));

  it('when it is approved, then its value is what a person has approved, and the next within it needs nobody', () => {
    const approved = docketHistory([
      ...protectedClaim,
      tells('northwind', above),
      tells('northwind', { type: 'ApproveAmendment', data: { dealId: A } }),
    ]);
    const state = fold(docket, approved);
    expect(state.claims[0]).toMatchObject({ value: usd(150_000), approvedValue: usd(150_000) });
    expect(docket.decide(amend('same', 150_000), state, on)).toMatchObject([{ data: { needsReview: false } }]);
    expect(docket.decide(amend('more', 150_001), state, on)).toMatchObject([{ data: { needsReview: true } }]);
  });

  it('when it is rejected, then what was registered before stands, and another may follow', () => {
    const rejected = docketHistory([
      ...protectedClaim,
      tells('northwind', above),
      tells('northwind', { type: 'RejectAmendment', data: { dealId: A, reason: 'No quote' } }),
    ]);
    const state = fold(docket, rejected);
    expect(state.claims[0]).toMatchObject({ value: usd(75_000), state: { status: 'approved', amendment: null } });
    expect(docket.decide(amend('another', 90_000), state, on)).toMatchObject([{ data: { needsReview: false } }]);
  });

  it('given exactly the threshold, then nobody has to look; a cent more, and a person has', () => {
    const state = fold(docket, docketHistory(protectedClaim));
    const [exact] = docket.decide(amend('exact', 100_000), state, on);
    const [more] = docket.decide(amend('more', 100_000.01), state, on);
    expect([exact, more]).toMatchObject([{ data: { needsReview: false } }, { data: { needsReview: true } }]);
  });
});

describe('while a decision may be contested', () => {
  it('when the claim is withdrawn, then it is refused: it was decided', () =>
    given(
      docket,
      docketHistory([
        tells('northwind', filing('northwind')),
        tells('northwind', pickUp(A)),
        tells('northwind', reject(A)),
      ]),
    )
      .when({ type: 'WithdrawClaim', data: { dealId: A, reason: 'No budget' } }, as('northwind', NOW))
      .thenRefused('CLAIM_DECIDED'));

  it('given an expiry, when the former holder files too early, then it learns from when it may, and what would help', () =>
    given(docket, docketHistory([...protectedClaim, expired]))
      .when(filing('northwind', { dealId: dealOf('northwind', 2) }), as('northwind', ENDED))
      .thenRefused('FILING_NOT_VALID', {
        facts: {
          failing: [
            {
              code: 'RE_REGISTRATION_TOO_EARLY',
              fact: { dealId: A, status: 'expired', since: at('05-31T09:00') },
              mayChangeAt: at('06-30T09:00'),
            },
          ],
        },
      }));
});

describe('an opportunity of the direct team', () => {
  const opportunityId = deriveId('opportunity', '1');
  const open = (reason: string): DocketCommand => ({
    type: 'OpenDirectOpportunity',
    data: { opportunityId, accountId, productLine, reason },
  });
  const history = docketHistory([tells('northwind', open('They called us'))]);

  it('when it is opened again, then nothing happens; for another reason, then it is refused', () => {
    given(docket, history).when(open(' They called us '), as('northwind', NOW)).thenNothing();
    given(docket, history).when(open('We called them'), as('northwind', NOW)).thenRefused('OPPORTUNITY_EXISTS');
  });

  it('when a touch of it is recorded on another one, then there is none', () =>
    given(docket, history)
      .when(
        { type: 'RecordDirectTouch', data: { opportunityId: deriveId('opportunity', '2'), touch: aTouch() } },
        as('northwind', NOW),
      )
      .thenRefused('OPPORTUNITY_NOT_FOUND'));
});

describe('amounts in other currencies (rulebook 2.8)', () => {
  const rate = (currency: string, perUnit: string) => ({
    currency,
    perUnit,
    source: 'ECB',
    on: parseDay('2026-03-02'),
  });
  const inUsd = (minorUnits: number, currency: string, perUnit: string) =>
    valuationOf([{ minorUnits, currency }], 'USD', [rate(currency, perUnit)]).value.minorUnits;

  it.each([
    [1, 'EUR', '0.5', 1],
    [1, 'EUR', '0.49', 0],
    [3, 'EUR', '0.5', 2],
    [-1, 'EUR', '0.5', -1],
    [-1, 'EUR', '0.49', 0],
    [100, 'EUR', '1.125', 113],
    [45_000_000, 'EUR', '1.12', 50_400_000],
    [1_000, 'JPY', '0.0067', 670],
    [1_000, 'BHD', '2.65', 265],
    [1, 'BHD', '2.65', 0],
  ])(
    'given %d minor units of %s at %s, then half a minor unit goes away from zero: %d',
    (minorUnits, currency, perUnit, units) => expect(inUsd(minorUnits, currency, perUnit)).toBe(units),
  );

  it('given several amounts, then each is converted once and then summed, and the rates that were used are named', () => {
    const amounts = [
      { minorUnits: 1, currency: 'EUR' },
      { minorUnits: 1, currency: 'EUR' },
      { minorUnits: 5, currency: 'USD' },
    ];
    expect(valuationOf(amounts, 'USD', [rate('CHF', '1'), rate('EUR', '0.5')])).toEqual({
      value: { minorUnits: 7, currency: 'USD' },
      rates: [rate('EUR', '0.5')],
    });
  });

  it('given a currency without a rate, then it is refused by its name, and counts for nothing beside others', () => {
    const francs = { minorUnits: 1, currency: 'CHF' };
    expect(() => valuationOf([francs], 'USD', [])).toThrow(
      expect.objectContaining({
        code: 'RATE_MISSING',
        details: expect.objectContaining({ facts: { currency: 'CHF' } }) as object,
      }) as Error,
    );
    expect(countable([francs, usd(1), { minorUnits: 2, currency: 'EUR' }], 'USD', [rate('EUR', '1')])).toEqual([
      usd(1),
      { minorUnits: 2, currency: 'EUR' },
    ]);
  });
});
