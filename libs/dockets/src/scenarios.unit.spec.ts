/** The scenarios of rulebook section 11 that one docket decides by itself, named by their numbers. */
import { deriveId, type Instant, parseDay, parseInstant } from '@tempore/kernel';
import {
  accountId,
  aStanding,
  aTouch,
  dealOf,
  filing,
  fold,
  docketHistory,
  noFacts,
  productLine,
  told,
  usd,
} from '@tempore/testing';

import { docket, type DocketCommand, type DocketContext, standingOf } from '.';

const at = (text: string): Instant => parseInstant(`2026-${text}:00.000Z`);

type Line = readonly [Instant, string, DocketCommand, Partial<DocketContext>?];

const stateAfter = (...lines: readonly Line[]) => fold(docket, docketHistory(lines.map((line) => told(...line))));
const statusOf = (state: ReturnType<typeof stateAfter>, partner: string, now: Instant) =>
  standingOf(state, dealOf(partner), now)?.status;

const pickUp = (partner: string): DocketCommand => ({ type: 'PickUpReview', data: { dealId: dealOf(partner) } });
const approve = (partner: string): DocketCommand => ({ type: 'ApproveClaim', data: { dealId: dealOf(partner) } });
const settle: DocketCommand = { type: 'SettleDocket', data: {} };

describe('1 · same millisecond', () => {
  it('the first append holds, the other is queued, and both show equal times', () => {
    const now = at('03-02T09:00');
    const { claims } = stateAfter([now, 'A', filing('A')], [now, 'B', filing('B')]);
    expect(claims.map(({ dealId, filedAt, state: { status } }) => ({ dealId, filedAt, status }))).toEqual([
      { dealId: dealOf('A'), filedAt: now, status: 'submitted' },
      { dealId: dealOf('B'), filedAt: now, status: 'queued' },
    ]);
  });
});

describe('3 · asked for more', () => {
  const asked: readonly Line[] = [
    [at('03-02T09:00'), 'A', filing('A')],
    [at('03-02T11:00'), 'A', pickUp('A')],
    [
      at('03-02T12:00'),
      'A',
      {
        type: 'AskQuestion',
        data: {
          dealId: dealOf('A'),
          code: 'VALUE_UNCLEAR',
          fields: ['value'],
          text: 'Its breakdown?',
          businessDays: 5,
        },
      },
    ],
    [at('03-02T13:00'), 'B', filing('B')],
  ];

  it('A answers within the deadline and keeps its place', () => {
    const answer: DocketCommand = {
      type: 'AnswerQuestion',
      data: {
        dealId: dealOf('A'),
        content: { eventId: deriveId('content', 'answer'), hash: 'a'.repeat(64) },
        amounts: [usd(75_000)],
        changed: ['value'],
      },
    };
    const state = stateAfter(...asked, [at('03-02T14:00'), 'A', answer]);
    expect(statusOf(state, 'A', at('03-02T14:00'))).toBe('in-review');
    expect(statusOf(state, 'B', at('03-02T14:00'))).toBe('queued');
  });

  it('A lets the deadline pass and does not contest: A lapsed, B is offered the place with 13:00', () => {
    const deadline = at('03-09T12:00');
    const contested = at('03-11T12:00');
    const state = stateAfter(...asked, [deadline, 'A', settle], [contested, 'A', settle]);
    expect(statusOf(state, 'A', contested)).toBe('lapsed');
    expect(state.claims[1]).toMatchObject({
      filedAt: at('03-02T13:00'),
      state: { status: 'offered', reconfirmBy: at('03-18T12:00') },
    });
    expect(statusOf(stateAfter(...asked, [deadline, 'A', settle]), 'B', at('03-11T11:59'))).toBe('queued');
  });
});

describe('9 · tender', () => {
  const publish: DocketCommand = {
    type: 'PublishTender',
    data: { accountId, productLine, reference: 'T-1', publishedAt: at('03-10T00:00'), reason: 'Seen in the gazette' },
  };
  const before: readonly Line[] = [
    [at('02-28T09:00'), 'C', filing('C')],
    [at('03-01T09:00'), 'C', pickUp('C')],
    [at('03-01T09:00'), 'C', approve('C')],
    [at('03-10T09:00'), 'C', publish],
  ];

  it('who files after the publication is refused; who filed before it keeps protection', () => {
    expect(() => stateAfter(...before, [at('03-12T09:00'), 'A', filing('A')])).toThrow('TENDER_PUBLISHED');
    expect(statusOf(stateAfter(...before), 'C', at('03-12T09:00'))).toBe('approved');
  });
});

describe('11 · “we were already talking”', () => {
  const opportunityId = deriveId('opportunity', '1');
  const open: Line = [
    at('05-01T09:00'),
    'A',
    { type: 'OpenDirectOpportunity', data: { opportunityId, accountId, productLine, reason: 'They called us' } },
  ];
  const call = (recorded: Instant, touch = {}): Line => [
    recorded,
    'A',
    {
      type: 'RecordDirectTouch',
      data: { opportunityId, touch: aTouch({ kind: 'call', happenedAt: at('05-02T10:00'), ...touch }) },
    },
  ];
  const files: Line = [at('05-10T09:00'), 'A', filing('A')];

  it('a call of 2 May that was recorded on 20 May moves nothing: A holds', () =>
    expect(statusOf(stateAfter(open, files, call(at('05-20T09:00'))), 'A', at('05-20T09:00'))).toBe('submitted'));

  it('recorded on 2 May, two-way and with evidence, it blocks A', () =>
    expect(() => stateAfter(open, call(at('05-02T11:00')), files)).toThrow('ACTIVE_DIRECT_PIPELINE'));

  it.each([
    ['one-way', [open, call(at('05-02T11:00'), { direction: 'outbound' })]],
    ['without evidence', [open, call(at('05-02T11:00'), { evidence: [] })]],
    [
      'in an opportunity that was closed',
      [
        open,
        call(at('05-02T11:00')),
        [at('05-09T09:00'), 'A', { type: 'CloseDirectOpportunity', data: { opportunityId, reason: 'No budget' } }],
      ],
    ],
  ] satisfies [string, Line[]][])('%s, it blocks nobody', (_case, lines) =>
    expect(statusOf(stateAfter(...lines, files), 'A', at('05-10T09:00'))).toBe('submitted'),
  );

  it('it blocks for 60 days from its recording, and not a millisecond longer', () => {
    const lines = [open, call(at('05-02T11:00'))];
    expect(() => stateAfter(...lines, [at('07-01T10:59'), 'A', filing('A')])).toThrow('ACTIVE_DIRECT_PIPELINE');
    expect(statusOf(stateAfter(...lines, [at('07-01T11:00'), 'A', filing('A')]), 'A', at('07-01T11:00'))).toBe(
      'submitted',
    );
  });
});

describe('24 · queue', () => {
  it('the holder expires, the first in line does not reconfirm, the second does: the first is lapsed, the second goes to review', () => {
    const expires = at('05-31T09:00');
    const missed = at('06-08T09:00');
    const offered = at('06-10T09:00');
    const lines: readonly Line[] = [
      [at('03-02T09:00'), 'A', filing('A')],
      [at('03-02T09:00'), 'A', pickUp('A')],
      [at('03-02T09:00'), 'A', approve('A')],
      [at('04-01T09:00'), 'B', filing('B')],
      [at('04-02T09:00'), 'C', filing('C')],
      [expires, 'A', settle],
      [missed, 'A', settle],
      [offered, 'A', settle],
      [at('06-11T09:00'), 'C', { type: 'ReconfirmClaim', data: { dealId: dealOf('C') } }],
      [at('06-11T10:00'), 'C', pickUp('C')],
    ];
    const state = stateAfter(...lines);
    expect(['A', 'B', 'C'].map((partner) => statusOf(state, partner, at('06-11T10:00')))).toEqual([
      'expired',
      'lapsed',
      'in-review',
    ]);
    const approved = stateAfter(...lines, [at('06-12T09:00'), 'C', approve('C')]);
    expect(standingOf(approved, dealOf('C'), at('06-12T09:00'))).toMatchObject({
      status: 'approved',
      until: at('09-10T09:00'),
    });
  });
});

describe('25 · second sale', () => {
  it('after a win the same partner registers an upsell: a new round, not refused as existing customer', () => {
    const now = at('03-10T09:00');
    const customer = { eventId: deriveId('event', 'sold'), from: now, until: null, partnerOfRecord: null };
    const dealId = dealOf('A', 2);
    const lines: readonly Line[] = [
      [at('03-02T09:00'), 'A', filing('A')],
      [at('03-02T09:00'), 'A', pickUp('A')],
      [at('03-02T09:00'), 'A', approve('A')],
      [
        now,
        'A',
        {
          type: 'ReportWin',
          data: { dealId: dealOf('A'), statementId: deriveId('statement', '1'), closedOn: parseDay('2026-03-09') },
        },
      ],
      [now, 'A', { type: 'ConfirmWin', data: { dealId: dealOf('A') } }],
    ];
    const facts = { partner: aStanding('A'), account: { ...noFacts, customerOfLine: customer } };
    const state = stateAfter(...lines, [now, 'A', filing('A', { dealId, dealType: 'upsell' }), facts]);
    expect(state).toMatchObject({ round: 2, roundOpen: true });
    expect(standingOf(state, dealId, now)?.status).toBe('submitted');
    expect(standingOf(state, dealOf('A'), now)?.status).toBe('won');
    expect(() => stateAfter(...lines, [now, 'A', filing('A', { dealId }), facts])).toThrow('EXISTING_CUSTOMER');
  });
});
