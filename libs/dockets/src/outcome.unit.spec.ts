import { addDays, deriveId, type Instant, parseDay, parseInstant } from '@tempore/kernel';
import { policyVersion1 } from '@messages/programme';
import {
  aDocketContext,
  aStanding,
  dealOf,
  docketHistory,
  filing,
  fold,
  given,
  NOW,
  told,
  usd,
} from '@tempore/testing';

import { availabilityOf, docket, dueAt, type DocketCommand, type DocketEvent, standingOf } from '.';

const at = (text: string): Instant => parseInstant(`2026-${text}:00.000Z`);
const on = (now: Instant) => aDocketContext({ now, partner: aStanding('northwind') });

const A = dealOf('northwind');
const B = dealOf('fabrikam');
const statementId = deriveId('statement', '1');
const later = at('03-10T09:00');
const WINDOW_ENDS = at('05-31T09:00');

const tells = (command: DocketCommand, now = NOW) => told(now, 'northwind', command);
const settle: DocketCommand = { type: 'SettleDocket', data: {} };
const protectedOnce = [
  told(NOW, 'northwind', filing('northwind')),
  tells({ type: 'PickUpReview', data: { dealId: A } }),
  tells({ type: 'ApproveClaim', data: { dealId: A } }),
];
const rival = told(later, 'fabrikam', filing('fabrikam'));
const win = (dealId = A, id = statementId): DocketCommand => ({
  type: 'ReportWin',
  data: { dealId, statementId: id, closedOn: parseDay('2026-03-02') },
});
const confirm: DocketCommand = { type: 'ConfirmWin', data: { dealId: A } };
const refuse: DocketCommand = { type: 'RefuseWin', data: { dealId: A, reason: 'No order of that customer' } };
const lose = (dealId = A): DocketCommand => ({
  type: 'ReportLoss',
  data: { dealId, statementId, reason: 'Bought elsewhere' },
});
const closed: DocketEvent = { type: 'round-closed', data: { round: 1 } };

describe('a win', () => {
  it('given protection, when its partner reports a win, then the vendor has five business days', () =>
    given(docket, docketHistory(protectedOnce))
      .when(win(), on(later))
      .then([
        {
          type: 'win-claimed',
          data: { dealId: A, statementId, closedOn: parseDay('2026-03-02'), answerBy: at('03-17T09:00') },
        },
      ]));

  it('given a win, when it is confirmed, then the claims that collide are superseded and the round closes', () =>
    given(docket, docketHistory([...protectedOnce, rival, tells(win(), later)]))
      .when(confirm, on(later))
      .then([
        { type: 'win-confirmed', data: { dealId: A } },
        { type: 'claim-superseded', data: { dealId: B } },
        { ...closed, occurredAt: later },
      ]));

  it('given a win for one site, when it is confirmed, then a claim for another site lives on, and so does the round', () => {
    const bern = [
      told(NOW, 'northwind', filing('northwind', { site: 'Bern' })),
      told(NOW, 'fabrikam', filing('fabrikam', { site: 'Basel' })),
      ...protectedOnce.slice(1),
      tells(win()),
      tells(confirm),
    ];
    const state = fold(docket, docketHistory(bern));
    expect(standingOf(state, B, NOW)?.status).toBe('submitted');
    expect(state.roundOpen).toBe(true);
    const over = fold(docket, docketHistory([...bern, tells(lose(B))]));
    expect(over.roundOpen).toBe(false);
  });

  it('given a win that the vendor has not answered, then no window ends over it', () => {
    const pending = fold(docket, docketHistory([...protectedOnce, tells(win(), at('05-29T09:00'))]));
    expect(standingOf(pending, A, at('06-20T09:00'))).toMatchObject({ status: 'approved', turn: 'vendor' });
  });

  it('given a win refused after the window, then the original end is in force, and the offer dates from the refusal', () => {
    const now = at('06-02T09:00');
    given(
      docket,
      docketHistory([
        ...protectedOnce,
        told(at('04-01T09:00'), 'fabrikam', filing('fabrikam')),
        tells(win(), at('05-29T09:00')),
      ]),
    )
      .when(refuse, on(now))
      .then([
        { type: 'win-refused', data: { dealId: A, reason: 'No order of that customer' } },
        { type: 'claim-expired', data: { dealId: A }, occurredAt: WINDOW_ENDS },
        { type: 'claim-offered', data: { dealId: B, reconfirmBy: null }, occurredAt: now },
      ]);
  });

  it('given a win that was refused, when the same statement comes again, then it is refused; a new one is not', () => {
    const refused = docketHistory([...protectedOnce, tells(win()), tells(refuse)]);
    given(docket, refused).when(win(), on(NOW)).thenRefused('WIN_REFUSED');
    const again = docket.decide(win(A, deriveId('statement', '2')), fold(docket, refused), on(NOW));
    expect(again).toMatchObject([{ type: 'win-claimed' }]);
  });

  it('given an expiry and nobody after it, when the former holder reports a win, then it is taken', () => {
    const expired = docketHistory([...protectedOnce, tells(settle, WINDOW_ENDS)]);
    expect(docket.decide(win(), fold(docket, expired), on(WINDOW_ENDS))).toMatchObject([{ type: 'win-claimed' }]);
  });

  it('given an expiry and another holder after it, when the former holder reports a win, then it is refused', () =>
    given(
      docket,
      docketHistory([
        ...protectedOnce,
        tells(settle, WINDOW_ENDS),
        told(at('06-01T09:00'), 'fabrikam', filing('fabrikam')),
      ]),
    )
      .when(win(), on(at('06-02T09:00')))
      .thenRefused('CLAIM_NOT_HOLDER'));

  it.each([
    ['queued', win(B), 'CLAIM_NOT_HOLDER'],
    ['not decided', win(), 'CLAIM_NOT_APPROVED'],
  ])('given a claim that is %s, when its partner reports a win, then it is refused', (_case, command, code) =>
    given(docket, docketHistory([protectedOnce[0] ?? rival, rival]))
      .when(command, on(later))
      .thenRefused(code),
  );

  it('given a win, when it is reported, confirmed or lost again, then nothing happens', () => {
    given(docket, docketHistory([...protectedOnce, tells(win())]))
      .when(win(), on(NOW))
      .thenNothing();
    const won = docketHistory([...protectedOnce, tells(win()), tells(confirm)]);
    given(docket, won).when(confirm, on(NOW)).thenNothing();
    given(docket, won).when(lose(), on(NOW)).thenRefused('CLAIM_ENDED');
  });

  it('given a win of tomorrow, when it is reported, then it is refused', () =>
    given(docket, docketHistory(protectedOnce))
      .when({ type: 'ReportWin', data: { dealId: A, statementId, closedOn: parseDay('2026-03-03') } }, on(NOW))
      .thenRefused('WIN_IN_FUTURE'));
});

describe('a win that nobody answers', () => {
  const claimed = [...protectedOnce, tells(win())];
  const answerBy = at('03-09T09:00');
  const headAt = at('03-16T09:00');
  const escalated = (to: 'superior' | 'head-of-programme', occurredAt: Instant): DocketEvent => ({
    type: 'win-escalated',
    data: { dealId: A, statementId, to, escalatesAt: to === 'superior' ? headAt : null },
    occurredAt,
    cause: `win-escalated:${A}:${statementId}:${to}`,
  });

  it('given five business days, then it escalates; given ten, to the head of the programme; and silence decides nothing', () => {
    given(docket, docketHistory(claimed))
      .when(settle, on(at('04-01T09:00')))
      .afterSettling([escalated('superior', answerBy), escalated('head-of-programme', headAt)])
      .thenNothing();
    const silent = fold(docket, docketHistory([...claimed, tells(settle, addDays(WINDOW_ENDS, 30))]));
    expect(standingOf(silent, A, addDays(WINDOW_ENDS, 30))).toMatchObject({
      status: 'approved',
      next: 'vendor-answers-win',
    });
    expect(dueAt(silent)).toBeNull();
  });

  it('given an answer in time, then nothing escalates', () => {
    const answered = docketHistory([...claimed, tells(refuse)]);
    given(docket, answered)
      .when(settle, on(at('04-01T09:00')))
      .afterSettling([])
      .thenNothing();
  });

  it('given a win that was refused and stated anew, then the new one escalates by its own clock', () => {
    const again = deriveId('statement', '2');
    const stated = docketHistory([...claimed, tells(refuse), tells(win(A, again), later)]);
    expect(dueAt(fold(docket, stated))).toBe(at('03-17T09:00'));
  });

  it('given a claim that had expired before its win was claimed, then the win escalates all the same', () => {
    const late = [...protectedOnce, tells(settle, WINDOW_ENDS), tells(win(), at('06-01T09:00'))];
    expect(dueAt(fold(docket, docketHistory(late)))).toBe(at('06-08T09:00'));
  });
});

describe('a loss', () => {
  it('given a line, when the holder reports the loss, then the next is offered the place', () =>
    given(docket, docketHistory([...protectedOnce, rival]))
      .when(lose(), on(later))
      .then([
        { type: 'claim-lost', data: { dealId: A, statementId, reason: 'Bought elsewhere' } },
        { type: 'claim-offered', data: { dealId: B, reconfirmBy: null }, occurredAt: later },
      ]));

  it('given nobody else, when the holder reports the loss, then the round closes', () =>
    given(docket, docketHistory(protectedOnce))
      .when(lose(), on(later))
      .then([
        { type: 'claim-lost', data: { dealId: A, statementId, reason: 'Bought elsewhere' } },
        { ...closed, occurredAt: later },
      ]));
});

describe('amendments', () => {
  const content = { eventId: deriveId('content', 'amended'), hash: 'a'.repeat(64) };
  const amend = (units: number, live = 0, approved = 0): DocketCommand => ({
    type: 'AmendClaim',
    data: {
      ...{ dealId: A, content, amounts: [usd(units)], changed: ['value'] },
      elsewhere: { live: usd(live), approved: usd(approved) },
    },
  });
  const amended = (units: number, needsReview: boolean): DocketEvent => ({
    type: 'claim-amended',
    data: { dealId: A, content, changed: ['value'], value: usd(units), rates: [], needsReview },
  });
  const history = docketHistory(protectedOnce);

  it.each([
    ['stays below the threshold', amend(100_000), amended(100_000, false)],
    ['takes the value over the threshold', amend(100_001), amended(100_001, true)],
    ['takes all values on the customer over it', amend(80_000, 25_000), amended(80_000, true)],
    ['adds to values that nobody approved and that were over it before', amend(80_000, 90_000), amended(80_000, true)],
    ['adds to values that a person approved', amend(80_000, 90_000, 90_000), amended(80_000, true)],
    ['stays within what a person approved, in all', amend(80_000, 90_000, 95_000), amended(80_000, false)],
    ['takes less than what a person approved', amend(60_000, 90_000, 90_000), amended(60_000, false)],
  ])('given protection, when an amendment %s, then so it is judged', (_case, command, event) =>
    given(docket, history).when(command, on(later)).then([event]),
  );

  describe('of what a rule has approved', () => {
    const byRule = [
      told(NOW, 'northwind', filing('northwind', { amounts: [usd(20_000)] })),
      tells({
        type: 'DecideByRule',
        data: { dealId: A, conflict: { score: 0, sequence: '1' }, elsewhere: usd(0) },
      }),
    ];

    it.each([
      ['stays below the rule’s limit', amend(49_999), amended(49_999, false)],
      ['takes the value to the rule’s limit', amend(50_000), amended(50_000, true)],
      ['takes all values on the customer to it', amend(30_000, 20_000), amended(30_000, true)],
      ['stays within what a person approved elsewhere', amend(30_000, 20_000, 50_000), amended(30_000, false)],
    ])('given an amendment that %s, then so it is judged', (_case, command, event) =>
      given(docket, docketHistory(byRule)).when(command, on(later)).then([event]),
    );

    it('given an amendment that a person has approved, then up to that nobody has to look again', () => {
      const looked = [...byRule, tells(amend(80_000)), tells({ type: 'ApproveAmendment', data: { dealId: A } })];
      const again = (units: number): DocketCommand =>
        ({
          ...{ type: 'AmendClaim' },
          data: { ...amend(units).data, content: { eventId: deriveId('content', 'again'), hash: 'b'.repeat(64) } },
        }) as DocketCommand;
      const judged = (units: number) => docket.decide(again(units), fold(docket, docketHistory(looked)), on(later));
      expect(judged(80_000)).toMatchObject([{ data: { needsReview: false } }]);
      expect(judged(80_001)).toMatchObject([{ data: { needsReview: true } }]);
    });
  });

  it('given an amendment that takes the value below the minimum, then it is refused, and by the minimum of the filing', () => {
    given(docket, history).when(amend(4_999), on(later)).thenRefused('BELOW_MINIMUM');
    given(docket, history)
      .when(amend(5_000), on(later))
      .then([amended(5_000, false)]);
    const { registration } = policyVersion1;
    const policy = { ...policyVersion1, registration: { ...registration, minimumValue: usd(80_000) } };
    given(docket, history)
      .when(amend(5_000), { ...on(later), policy: { version: 2, policy } })
      .then([amended(5_000, false)]);
  });

  it('given an amendment that leaves the value alone, then what today’s rate makes of it is not held against it', () => {
    const moved: DocketCommand = {
      type: 'AmendClaim',
      data: {
        ...{ dealId: A, content, amounts: [usd(4_000)], changed: ['businessProblem'] as const },
        elsewhere: { live: usd(0), approved: usd(0) },
      },
    };
    expect(docket.decide(moved, fold(docket, history), on(later))).toMatchObject([{ type: 'claim-amended' }]);
  });

  it('given an amendment that waits for a person, then protection goes on, and it is the vendor’s turn', () => {
    const waiting = fold(docket, docketHistory([...protectedOnce, tells(amend(200_000))]));
    expect(standingOf(waiting, A, NOW)).toMatchObject({
      status: 'approved',
      turn: 'vendor',
      next: 'vendor-looks-at-amendment',
      until: WINDOW_ENDS,
    });
  });

  it.each([
    ['approved', { type: 'ApproveAmendment', data: { dealId: A } } as const, usd(200_000)],
    ['rejected', { type: 'RejectAmendment', data: { dealId: A, reason: 'Not credible' } } as const, usd(75_000)],
  ])('given an amendment that is %s, then the value is this', (_case, command, value) => {
    const state = fold(docket, docketHistory([...protectedOnce, tells(amend(200_000)), tells(command)]));
    expect(state.claims[0]?.value).toEqual(value);
    given(docket, history).when(command, on(NOW)).thenRefused('NO_AMENDMENT_PENDING');
  });

  it('given an amendment, when it is sent again, then nothing happens, whether it waits or counts', () => {
    given(docket, docketHistory([...protectedOnce, tells(amend(200_000))]))
      .when(amend(200_000), on(NOW))
      .thenNothing();
    given(docket, docketHistory([...protectedOnce, tells(amend(80_000))]))
      .when(amend(80_000), on(NOW))
      .thenNothing();
  });

  it('given protection, when an amendment changes the customer, then it is refused', () =>
    given(docket, history)
      .when(
        {
          type: 'AmendClaim',
          data: {
            ...{ dealId: A, content, amounts: [usd(1)], changed: ['customer.legalName'] },
            elsewhere: { live: usd(0), approved: usd(0) },
          },
        },
        on(later),
      )
      .thenRefused('FIELD_NOT_AMENDABLE'));

  it('given a claim before approval, when it is amended, then it is refused', () =>
    given(docket, docketHistory(protectedOnce.slice(0, 1)))
      .when(amend(80_000), on(NOW))
      .thenRefused('CLAIM_NOT_APPROVED'));
});

describe('what a partner may learn of a place', () => {
  const ask = (partner: string, history: Parameters<typeof docketHistory>[0], now = later) =>
    availabilityOf(fold(docket, docketHistory(history)), { group: aStanding(partner).group, site: null }, now);

  it('given nobody, then it is free; given a holder, taken; given one’s own claim in line, queued', () => {
    expect(ask('fabrikam', [])).toBe('free');
    expect(ask('fabrikam', protectedOnce)).toBe('taken');
    expect(ask('fabrikam', [...protectedOnce, rival])).toBe('queued');
    expect(ask('tailspin', [...protectedOnce, rival])).toBe('taken');
  });

  it('given a window that ended unnoticed, then it is free', () =>
    expect(ask('fabrikam', protectedOnce, addDays(WINDOW_ENDS, 1))).toBe('free'));
});
