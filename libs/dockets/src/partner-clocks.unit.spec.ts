/** A clock against a partner starts when its notice stands in the inbox, and no deadline passes of which none was written (rulebook 9). */
import { addDays, deriveId, type Instant, parseInstant } from '@tempore/kernel';
import {
  aDocketContext,
  dealOf,
  docketHistory,
  filing,
  fold,
  given,
  type Happened,
  historyOf,
  NOW,
  notified,
  told,
} from '@tempore/testing';

import { docket, type DocketCommand, type DocketEvent, dueAt, settledAt, standingOf } from '.';

const at = (text: string): Instant => parseInstant(`2026-${text}:00.000Z`);
const A = dealOf('northwind');
const B = dealOf('fabrikam');

const tells = (command: DocketCommand, now = NOW) => told(now, 'northwind', command);
const pickUp: DocketCommand = { type: 'PickUpReview', data: { dealId: A } };
const ask: DocketCommand = {
  type: 'AskQuestion',
  data: { dealId: A, code: 'VALUE_UNCLEAR', fields: ['value'], text: 'Of what?', businessDays: 3 },
};
const reject: DocketCommand = { type: 'RejectClaim', data: { dealId: A, code: 'NOT_QUALIFIED', reason: 'No project' } };
const release: DocketCommand = { type: 'ReleaseClaim', data: { dealId: A, reason: 'Project stopped' } };
const settle: DocketCommand = { type: 'SettleDocket', data: {} };

const filed = tells(filing('northwind'));
const protectedOnce = [filed, tells(pickUp), tells({ type: 'ApproveClaim', data: { dealId: A } })];
const inLine = [...protectedOnce, told(NOW, 'fabrikam', filing('fabrikam'))];

/** What sets the clock, whose it is, how long it runs, and what its passing makes of the claim. */
const clocks = [
  ['answer', A, [filed, tells(pickUp), tells(ask)], 3, 'lapsed'],
  ['take an offer', B, [...inLine, tells(release)], 5, 'lapsed'],
  ['contest', A, [filed, tells(pickUp), tells(reject)], 2, 'rejected'],
  ['show the first touch', A, [tells(filing('northwind', { documented: false })), tells(pickUp)], 10, 'lapsed'],
] as const;

/** Nine o'clock, so many business days after a Monday. */
const businessDaysAfter = (monday: Instant, days: number): Instant => addDays(monday, days + Math.floor(days / 5) * 2);

const ended = (history: readonly Happened<DocketEvent>[], dealId: string, now: Instant) => {
  const claim = settledAt(fold(docket, history), now).claims.find((one) => one.dealId === dealId);
  return claim && { status: claim.state.status, since: claim.since, live: claim.endedAt === null };
};

describe.each(clocks)('given a partner who has to %s', (_what, dealId, lines, days, status) => {
  const untold = historyOf(docket, lines);
  const MONTHS_LATER = at('06-29T09:00');

  it('and whom nobody told, then no deadline passes, however long it takes', () => {
    const before = ended(untold, dealId, NOW);
    expect(ended(untold, dealId, MONTHS_LATER)).toEqual(before);
    expect(before?.live).toBe(true);
  });

  it('and who is told late, then it has the whole time from there, to the millisecond', () => {
    const late = at('03-30T09:00');
    const history = notified(untold, late);
    const end = businessDaysAfter(late, days);
    const justBefore = parseInstant(new Date(Date.parse(end) - 1).toISOString());
    expect(ended(history, dealId, justBefore)).toEqual(ended(untold, dealId, NOW));
    expect(ended(history, dealId, end)).toMatchObject(
      status === 'rejected' ? { status, live: false } : { status, since: end },
    );
  });

  it('and a docket that hears of the notice only when the time is over, then it ended at its instant all the same', () => {
    const [waiting] = fold(docket, untold).claims.flatMap((claim) => claim.waiting);
    const eventId = waiting?.eventId ?? '';
    const end = businessDaysAfter(NOW, days);
    const noticeId = deriveId('notice', '1');
    const events = docket.decide(
      { type: 'StartClock', data: { dealId, eventId, noticeId, noticeStoodAt: NOW } },
      settledAt(fold(docket, untold), MONTHS_LATER),
      aDocketContext({ now: MONTHS_LATER }),
    );
    expect(events).toMatchObject([
      { type: 'clock-started', data: { dealId, eventId, noticeId, endsAt: end }, occurredAt: NOW },
      { type: status === 'rejected' ? 'contest-period-ended' : 'claim-lapsed', data: { dealId }, occurredAt: end },
    ]);
  });

  it('when the docket is told so again, then nothing happens', () => {
    const { eventId = '' } = fold(docket, untold).claims.flatMap((claim) => claim.waiting)[0] ?? {};
    given(docket, notified(untold, NOW))
      .when(
        {
          type: 'StartClock',
          data: { dealId, eventId, noticeId: deriveId('notice', '1'), noticeStoodAt: at('03-03T09:00') },
        },
        aDocketContext({ now: at('03-03T09:00') }),
      )
      .thenNothing();
  });
});

describe('given a claim in line', () => {
  const asked = historyOf(docket, [...inLine, tells(settle, addDays(NOW, 30)), tells(settle, addDays(NOW, 60))]);

  it('whose partner was asked and never told so, then it does not lapse, and has no end', () => {
    const late = addDays(NOW, 89);
    expect(ended(asked, B, late)?.status).toBe('queued');
    expect(standingOf(fold(docket, asked), B, late)).toMatchObject({ next: 'partner-confirms-interest', until: null });
  });

  it('whose partner was told in time, then it lapses 90 days after its filing', () =>
    expect(standingOf(fold(docket, notified(asked, addDays(NOW, 61))), B, addDays(NOW, 61))?.until).toBe(
      addDays(NOW, 90),
    ));

  it('whose partner was told late, then it has five business days from there', () => {
    const late = addDays(NOW, 89);
    expect(standingOf(fold(docket, notified(asked, late)), B, late)?.until).toBe(at('06-08T09:00'));
  });
});

it('given a question that was answered, when its notice stands afterwards, then nothing happens', () => {
  const history = historyOf(docket, [filed, tells(pickUp), tells(ask)]);
  const { eventId = '' } = fold(docket, history).claims.flatMap((claim) => claim.waiting)[0] ?? {};
  const withdrawn = historyOf(docket, [
    ...[filed, tells(pickUp), tells(ask)],
    tells({ type: 'WithdrawClaim', data: { dealId: A, reason: 'Wrong line' } }),
  ]);
  given(docket, withdrawn)
    .when(
      { type: 'StartClock', data: { dealId: A, eventId, noticeId: eventId, noticeStoodAt: NOW } },
      aDocketContext({ now: NOW }),
    )
    .thenNothing();
});

it('given a question while the first touch is still to be shown, then each has a clock of its own', () => {
  const later = filing('northwind', { documented: false });
  const history = docketHistory([tells(later), tells(pickUp), tells(ask)]);
  expect(standingOf(fold(docket, history), A, NOW)).toMatchObject({
    until: at('03-05T09:00'),
    documentDueAt: at('03-16T09:00'),
  });
});

it('given a question from before clocks waited for their notice, then its deadline stands as it was told', () => {
  const data = { dealId: A, code: 'OTHER' as const, fields: [], text: 'Why?', answerBy: at('03-09T12:00') };
  const history = [...historyOf(docket, [filed, tells(pickUp)]), { type: 'question-asked' as const, data }];
  expect(dueAt(fold(docket, history))).toBe(at('03-09T12:00'));
});
