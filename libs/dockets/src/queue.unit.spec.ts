import { addDays, deriveId, type Instant, parseDay, parseInstant } from '@tempore/kernel';
import {
  aDocketContext,
  aDocument,
  aStanding,
  aTouch,
  dealOf,
  filedClaim,
  filing,
  fold,
  given,
  type Happened,
  docketHistory,
  NOW,
  notified,
  told,
  usd,
} from '@tempore/testing';

import { docket, type DocketCommand, type DocketEvent, dueAt, type PartnerStanding, standingOf } from '.';

const at = (text: string): Instant => parseInstant(`2026-${text}:00.000Z`);
const on = (now: Instant) => aDocketContext({ now });

const A = dealOf('northwind');
const B = dealOf('fabrikam');
const C = dealOf('tailspin');

const files = (partner: string, now = NOW) => told(now, partner, filing(partner));
const tells = (command: DocketCommand, now = NOW, partner = 'northwind') => told(now, partner, command);
const pickUp: DocketCommand = { type: 'PickUpReview', data: { dealId: A } };
const approve: DocketCommand = { type: 'ApproveClaim', data: { dealId: A } };
const release: DocketCommand = { type: 'ReleaseClaim', data: { dealId: A, reason: 'Project stopped' } };
const reconfirm: DocketCommand = { type: 'ReconfirmClaim', data: { dealId: B } };
const confirm = (dealId: string): DocketCommand => ({ type: 'ConfirmInterest', data: { dealId } });
const settle: DocketCommand = { type: 'SettleDocket', data: {} };
const touch = (dealId: string, data = aTouch()): DocketCommand => ({
  type: 'RecordTouch',
  data: { dealId, touch: data },
});

/** Northwind is protected from 2 March to 31 May; Fabrikam and Tailspin filed on 1 April, one after the other. */
const WINDOW_ENDS = at('05-31T09:00');
const april = at('04-01T09:00');
const protectedOnce = [files('northwind'), tells(pickUp), tells(approve)];
const lined = [...protectedOnce, files('fabrikam', april), files('tailspin', april)];
const offered = docketHistory([...lined, tells(settle, WINDOW_ENDS)]);

const statuses = (history: readonly Happened<DocketEvent>[], now: Instant) =>
  [A, B, C].map((dealId) => standingOf(fold(docket, history), dealId, now)?.status);

describe('windows', () => {
  it('given an approval, then the window is half-open: protected to the last millisecond, expired at its end', () => {
    const history = docketHistory(protectedOnce);
    expect(dueAt(fold(docket, history))).toBe(WINDOW_ENDS);
    given(docket, history)
      .when(settle, on(at('05-31T08:59')))
      .afterSettling([])
      .thenNothing();
    given(docket, history)
      .when(settle, on(WINDOW_ENDS))
      .afterSettling([
        {
          type: 'claim-expired',
          data: { dealId: A },
          occurredAt: WINDOW_ENDS,
          cause: `claim-expired:${A}:${WINDOW_ENDS}`,
        },
      ])
      .thenNothing();
  });

  it('given a window that ended unnoticed, when it is noticed, then it ended then, and the offer’s clock runs from now', () =>
    given(docket, docketHistory([...lined, tells(settle, at('05-02T09:00'))]))
      .when(settle, on(at('06-05T09:00')))
      .afterSettling([
        {
          type: 'claim-expired',
          data: { dealId: A },
          occurredAt: WINDOW_ENDS,
          cause: `claim-expired:${A}:${WINDOW_ENDS}`,
        },
        {
          type: 'claim-offered',
          data: { dealId: B, reconfirmBy: null },
          occurredAt: WINDOW_ENDS,
          cause: `claim-offered:${B}:${WINDOW_ENDS}`,
        },
        {
          type: 'interest-asked',
          data: { dealId: C, lapsesAt: at('06-30T09:00'), asksAt: at('07-05T09:00') },
          occurredAt: at('06-01T09:00'),
          cause: `interest-asked:${C}:${at('06-01T09:00')}`,
        },
      ])
      .thenNothing());
});

describe('offers', () => {
  it('given a line, when the holder releases, then the first in line is offered the place in the same decision', () =>
    given(docket, docketHistory(lined))
      .when(release, on(at('04-02T09:00')))
      .then([
        { type: 'claim-released', data: { dealId: A, reason: 'Project stopped' } },
        {
          type: 'claim-offered',
          data: { dealId: B, reconfirmBy: null },
          occurredAt: at('04-02T09:00'),
        },
      ]));

  it('given an offer, when the partner reconfirms, then a person reviews the claim', () =>
    given(docket, offered)
      .when(reconfirm, aDocketContext({ now: at('06-01T10:00'), partner: aStanding('fabrikam') }))
      .then([
        {
          type: 'claim-reconfirmed',
          data: {
            dealId: B,
            standing: aStanding('fabrikam'),
            review: { targetAt: at('06-02T10:00'), escalatesAt: at('06-03T10:00') },
          },
        },
      ]));

  it.each<[string, Partial<PartnerStanding>]>([
    ['is suspended by now', { status: 'suspended' }],
    ['has lost the certificate by now', { lacks: ['certificate'] }],
  ])('given an offer to a partner that %s, when it reconfirms, then it is refused', (_case, standing) =>
    given(docket, offered)
      .when(reconfirm, aDocketContext({ now: at('06-01T10:00'), partner: aStanding('fabrikam', standing) }))
      .thenRefused('NOT_AUTHORISED'),
  );

  it('given a queued claim, when its partner reconfirms, then it is refused', () =>
    given(docket, docketHistory(lined))
      .when(reconfirm, aDocketContext({ now: april, partner: aStanding('fabrikam') }))
      .thenRefused('CLAIM_NOT_OFFERED'));

  it.each<[string, string, DocketCommand]>([
    ['reconfirms', 'while it may contest', reconfirm],
    ['declines', 'while it may contest', { type: 'DeclineOffer', data: { dealId: B, reason: 'Budget gone' } }],
    ['reconfirms', 'when that is over', reconfirm],
  ])(
    'given an offer that lapsed, when the partner %s %s, then it learns that the deadline passed',
    (_does, when, command) => {
      const now = at(when === 'when that is over' ? '06-20T10:00' : '06-08T10:00');
      given(docket, docketHistory([...lined, tells(settle, WINDOW_ENDS), tells(settle, at('06-08T09:00'))]))
        .when(command, aDocketContext({ now, partner: aStanding('fabrikam') }))
        .thenRefused('DEADLINE_PASSED');
    },
  );

  it('given an offer that was taken, when the partner reconfirms again, then nothing happens', () => {
    const taken = docketHistory([...lined, tells(reconfirm, at('06-01T10:00'), 'fabrikam')]);
    given(docket, taken)
      .when(reconfirm, on(at('06-01T10:00')))
      .thenNothing();
  });

  it('given a holder whose priority moved and that took the offer, when it reconfirms again, then nothing happens', () => {
    const content = { eventId: deriveId('event', 'answer'), hash: 'e'.repeat(64) };
    const moved = [
      files('northwind'),
      tells(pickUp),
      tells({
        type: 'AskQuestion',
        data: { dealId: A, code: 'FIRST_TOUCH_INSUFFICIENT', fields: ['firstTouch'], text: 'Who?', businessDays: null },
      }),
      files('fabrikam'),
      tells({
        type: 'AnswerQuestion',
        data: { dealId: A, content, amounts: [usd(75_000)], changed: ['firstTouch'] },
      }),
      tells({ type: 'DeclineOffer', data: { dealId: B, reason: 'Budget gone' } }, NOW, 'fabrikam'),
    ];
    const again: DocketCommand = { type: 'ReconfirmClaim', data: { dealId: A } };
    given(docket, docketHistory([...moved, tells(again)]))
      .when(again, on(NOW))
      .thenNothing();
    given(docket, docketHistory(moved))
      .when(again, aDocketContext({ now: NOW, partner: aStanding('northwind', { lacks: ['line'] }) }))
      .thenRefused('NOT_AUTHORISED');
  });

  it('given an offer, when the partner declines, then the next is offered the place', () =>
    given(docket, offered)
      .when({ type: 'DeclineOffer', data: { dealId: B, reason: 'Budget gone' } }, on(at('06-01T10:00')))
      .then([
        { type: 'offer-declined', data: { dealId: B, reason: 'Budget gone' } },
        {
          type: 'claim-offered',
          data: { dealId: C, reconfirmBy: null },
          occurredAt: at('06-01T10:00'),
        },
      ]));

  it('given an offer without an answer, then it lapses after five business days, and the next is offered the place when the time to contest is over', () => {
    const lapsed = docketHistory([...lined, tells(settle, WINDOW_ENDS), tells(settle, at('06-08T09:00'))]);
    expect(statuses(offered, at('06-05T12:00'))).toEqual(['expired', 'offered', 'queued']);
    expect(statuses(lapsed, at('06-10T08:59'))).toEqual(['expired', 'lapsed', 'queued']);
    expect(statuses(lapsed, at('06-10T09:00'))).toEqual(['expired', 'lapsed', 'offered']);
  });

  it('given sites, when a claim for all of them ends, then each site is offered to the first in its line', () => {
    const sites = [
      ...protectedOnce,
      told(NOW, 'fabrikam', filing('fabrikam', { site: 'Bern' })),
      told(NOW, 'tailspin', filing('tailspin', { site: 'Basel' })),
      tells(release),
    ];
    expect(statuses(docketHistory(sites), NOW)).toEqual(['released', 'offered', 'offered']);
  });
});

describe('the queue', () => {
  it('given a queued claim, when it is asked in time and says nothing, then it lapses after 90 days and frees no place', () => {
    const lapses = addDays(NOW, 90);
    const askedTwice = [addDays(NOW, 30), addDays(NOW, 60)].map((asks) => tells(settle, asks));
    const history = docketHistory([...protectedOnce, files('fabrikam'), ...askedTwice]);
    expect(history.filter(({ type }) => type === 'interest-asked')).toHaveLength(2);
    given(docket, history)
      .when(settle, on(lapses))
      .afterSettling([
        {
          type: 'claim-expired',
          data: { dealId: A },
          occurredAt: lapses,
          cause: `claim-expired:${A}:${lapses}`,
        },
        {
          type: 'claim-lapsed',
          data: { dealId: B, because: 'no-progress', contestable: false, contestableUntil: null },
          occurredAt: lapses,
          cause: `claim-lapsed:${B}:${lapses}`,
        },
      ])
      .thenNothing();
  });

  it('given a queued claim, when progress is recorded, then its 90 days begin anew, from the recording', () => {
    const meeting = aTouch({ happenedAt: at('03-20T09:00') });
    given(docket, docketHistory(lined))
      .when(touch(B, meeting), on(at('04-10T09:00')))
      .then([
        {
          type: 'touch-recorded',
          data: { dealId: B, touch: meeting, progress: true, lapsesAt: at('07-09T09:00'), asksAt: at('05-10T09:00') },
          occurredAt: meeting.happenedAt,
        },
      ]);
  });

  it.each([
    ['one-way', aTouch({ direction: 'outbound' })],
    ['without a named counterpart', aTouch({ counterpart: null })],
    ['without evidence', aTouch({ evidence: [] })],
  ])('given a touch that is %s, then it is recorded, and no progress', (_case, data) =>
    given(docket, docketHistory(lined))
      .when(touch(B, data), on(april))
      .then([
        {
          type: 'touch-recorded',
          data: { dealId: B, touch: data, progress: false, lapsesAt: null, asksAt: null },
          occurredAt: data.happenedAt,
        },
      ]),
  );

  it('given a queued claim, then its partner is asked every 30 days whether it still wants the place', () => {
    const asks = at('05-01T09:00');
    given(docket, docketHistory(lined))
      .when(settle, on(asks))
      .afterSettling(
        [B, C].map((dealId) => ({
          type: 'interest-asked' as const,
          data: { dealId, lapsesAt: null, asksAt: at('05-31T09:00') },
          occurredAt: asks,
          cause: `interest-asked:${dealId}:${asks}`,
        })),
      )
      .thenNothing();
  });

  it('given an asking that is written late, then the claim stands for five business days from its notice, and is asked once', () => {
    const late = at('06-29T09:00');
    const statementId = deriveId('statement', '1');
    const escalated = (to: 'superior' | 'head-of-programme', occurredAt: Instant, escalatesAt: Instant | null) => ({
      ...({ type: 'win-escalated', data: { dealId: A, statementId, to, escalatesAt }, occurredAt } as const),
      cause: `win-escalated:${A}:${statementId}:${to}`,
    });
    // Northwind has reported a win, which nobody has answered: it keeps the place.
    const won = docketHistory([
      ...protectedOnce,
      files('fabrikam', april),
      tells(
        {
          type: 'ReportWin',
          data: { dealId: A, statementId, closedOn: parseDay('2026-04-01') },
        },
        april,
      ),
    ]);
    given(docket, won)
      .when(settle, on(late))
      .afterSettling([
        escalated('superior', at('04-08T09:00'), at('04-15T09:00')),
        escalated('head-of-programme', at('04-15T09:00'), null),
        {
          type: 'interest-asked',
          data: { dealId: B, lapsesAt: null, asksAt: at('07-29T09:00') },
          occurredAt: at('05-01T09:00'),
          cause: `interest-asked:${B}:${at('05-01T09:00')}`,
        },
      ])
      .thenNothing();
    expect(standingOf(fold(docket, won), B, late)).toMatchObject({ next: 'partner-confirms-interest', until: null });
    const asked = notified([...won, ...(docket.settle?.(fold(docket, won), late) ?? [])], late);
    expect(standingOf(fold(docket, asked), B, late)?.until).toBe(at('07-06T09:00'));
  });

  it('given one who is asked, when it says that it wants the place, then its time in line begins anew, and once', () => {
    const asked = [...lined, tells(settle, at('05-01T09:00'))];
    given(docket, docketHistory(asked))
      .when(confirm(B), on(at('05-04T09:00')))
      .then([
        { type: 'interest-confirmed', data: { dealId: B, lapsesAt: at('08-02T09:00'), asksAt: at('06-03T09:00') } },
      ]);
    const confirmed = docketHistory([...asked, tells(confirm(B), at('05-04T09:00'))]);
    given(docket, confirmed)
      .when(confirm(B), on(at('05-05T09:00')))
      .thenNothing();
    expect(standingOf(fold(docket, confirmed), B, at('05-05T09:00'))).toMatchObject({
      next: 'partner-waits-in-line',
      until: at('08-02T09:00'),
    });
  });

  it.each([
    ['that has the place', A, 'CLAIM_NOT_QUEUED'],
    ['that there is not', dealOf('nobody'), 'CLAIM_NOT_FOUND'],
  ])('given a claim %s, when its partner says that it wants the place, then it is refused', (_case, dealId, code) =>
    given(docket, docketHistory(lined)).when(confirm(dealId), on(april)).thenRefused(code),
  );

  it('given a claim that lapsed in line, when its partner says that it wants the place, then it is refused', () =>
    given(docket, docketHistory([...lined, tells(settle, at('05-01T09:00')), tells(release, at('05-02T09:00'))]))
      .when(confirm(C), on(at('07-01T09:00')))
      .afterSettling([
        {
          type: 'claim-lapsed',
          data: { dealId: B, because: 'no-reconfirmation', contestable: true, contestableUntil: null },
          occurredAt: at('05-11T09:00'),
          cause: `claim-lapsed:${B}:${at('05-11T09:00')}`,
        },
        {
          type: 'claim-lapsed',
          data: { dealId: C, because: 'no-progress', contestable: false, contestableUntil: null },
          occurredAt: at('06-30T09:00'),
          cause: `claim-lapsed:${C}:${at('06-30T09:00')}`,
        },
      ])
      .thenRefused('CLAIM_ENDED'));

  it('given a filing from before anybody was asked, then it is asked all the same, and does not lapse before', () => {
    const older = filedClaim('fabrikam', april, { place: 'queued', review: null, lapsesAt: at('06-30T09:00') });
    Reflect.deleteProperty(older.data, 'asksAt');
    for (const number of ['queueAskDays', 'queueAnswerBusinessDays']) Reflect.deleteProperty(older.data.terms, number);
    const history = [...docketHistory(protectedOnce), { ...older, recorded: { recordedAt: april } }];
    expect(dueAt(fold(docket, history))).toBe(at('05-01T09:00'));
    const [asked] = docket.settle?.(fold(docket, history), at('05-02T09:00')) ?? [];
    expect(asked).toMatchObject({ type: 'interest-asked', data: { asksAt: at('06-01T09:00') } });
  });

  it('given a touch, when it is recorded again, then nothing happens, unless it says something else', () => {
    const history = docketHistory([...lined, tells(touch(B), april)]);
    given(docket, history).when(touch(B), on(april)).thenNothing();
    given(docket, history)
      .when(touch(B, { ...aTouch(), evidence: [aDocument('another')] }), on(april))
      .thenRefused('TOUCH_DIFFERS');
  });

  it('given nothing, when a touch of tomorrow is recorded, then it is refused', () =>
    given(docket, docketHistory(lined))
      .when(touch(B, aTouch({ happenedAt: at('04-02T09:00') })), on(april))
      .thenRefused('TOUCH_IN_FUTURE'));
});

describe('registering anew', () => {
  const anew = filing('northwind', { dealId: dealOf('northwind', 2) });
  const expired = [...protectedOnce, tells(settle, WINDOW_ENDS)];
  const again = (now: Instant) => aDocketContext({ now, partner: aStanding('northwind') });

  it('given an expiry, when the former holder files within 30 days, then it is refused, and after them it is filed', () => {
    const history = docketHistory(expired);
    given(docket, history)
      .when(anew, again(at('06-30T08:59')))
      .thenRefused('FILING_NOT_VALID');
    const [filed] = docket.decide(anew, fold(docket, history), again(at('06-30T09:00')));
    expect(filed).toMatchObject({ type: 'claim-filed', data: { place: 'held', round: 1 } });
  });

  it('given an expiry, when the former holder has made progress since, then it files at once, behind those in line', () => {
    const june = at('06-02T09:00');
    const history = docketHistory([...lined, tells(touch(A, aTouch({ happenedAt: june })), june)]);
    const [filed] = docket.decide(anew, fold(docket, history), again(june));
    expect(filed).toMatchObject({ type: 'claim-filed', data: { place: 'queued', round: 1 } });
  });

  it('given progress from before the end, when the former holder files, then it is refused', () => {
    const history = docketHistory([...protectedOnce, tells(touch(A), april), tells(settle, WINDOW_ENDS)]);
    given(docket, history).when(anew, again(WINDOW_ENDS)).thenRefused('FILING_NOT_VALID');
  });
});

describe('withdrawing and releasing', () => {
  const withdraw: DocketCommand = { type: 'WithdrawClaim', data: { dealId: A, reason: 'Wrong line' } };

  it('given a claim before a decision, when it is withdrawn, then it ends, once', () => {
    const history = docketHistory([files('northwind')]);
    given(docket, history)
      .when(withdraw, on(NOW))
      .then([{ type: 'claim-withdrawn', data: { dealId: A, reason: 'Wrong line' } }]);
    given(docket, docketHistory([files('northwind'), tells(withdraw)]))
      .when(withdraw, on(NOW))
      .thenNothing();
  });

  it('given protection, when it is withdrawn, then it is refused: it is released', () =>
    given(docket, docketHistory(protectedOnce)).when(withdraw, on(NOW)).thenRefused('CLAIM_APPROVED'));

  it('given a claim before a decision, when it is released, then it is refused: it is withdrawn', () =>
    given(docket, docketHistory([files('northwind')]))
      .when(release, on(NOW))
      .thenRefused('CLAIM_NOT_APPROVED'));

  it('given nothing, when a claim is withdrawn, then there is none', () =>
    given(docket).when(withdraw, on(NOW)).thenRefused('CLAIM_NOT_FOUND'));
});
