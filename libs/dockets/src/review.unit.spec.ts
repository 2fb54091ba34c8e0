import { addDays, deriveId, type Instant, parseInstant } from '@tempore/kernel';
import {
  accountId,
  aDocketContext,
  aStanding,
  dealOf,
  filedClaim,
  filing,
  fold,
  given,
  type Happened,
  docketHistory,
  NOW,
  told,
  usd,
} from '@tempore/testing';

import {
  type AnswerQuestion,
  type AskQuestion,
  docket,
  type DocketCommand,
  type DocketContext,
  type DocketEvent,
  type DocketEventOf,
  projectValueOf,
  standingOf,
} from '.';

const at = (text: string): Instant => parseInstant(`2026-${text}:00.000Z`);
const on = (now: Instant, context: Partial<DocketContext> = {}) =>
  aDocketContext({ now, partner: aStanding('northwind'), ...context });

const A = dealOf('northwind');
const B = dealOf('fabrikam');
const reviewer = deriveId('actor', 'reviewer');
const colleague = deriveId('actor', 'colleague');

const filed = told(NOW, 'northwind', filing('northwind'));
const tells = (command: DocketCommand, now = NOW) => told(now, 'northwind', command, { actor: reviewer });
const pickUp: DocketCommand = { type: 'PickUpReview', data: { dealId: A } };
const approve: DocketCommand = { type: 'ApproveClaim', data: { dealId: A } };
const reject: DocketCommand = {
  type: 'RejectClaim',
  data: { dealId: A, code: 'NOT_QUALIFIED', reason: 'No budget, no project' },
};
const ask = (data: Partial<AskQuestion['data']> = {}): DocketCommand => ({
  type: 'AskQuestion',
  data: {
    dealId: A,
    code: 'VALUE_UNCLEAR',
    fields: ['value'],
    text: 'What is it made of?',
    businessDays: null,
    ...data,
  },
});
const content = { eventId: deriveId('content', 'answer'), hash: 'a'.repeat(64) };
const answer = (data: Partial<AnswerQuestion['data']> = {}): DocketCommand => ({
  type: 'AnswerQuestion',
  data: { dealId: A, content, amounts: [usd(80_000)], changed: ['value'], ...data },
});

const inReview = docketHistory([filed, tells(pickUp)]);
const asked = docketHistory([filed, tells(pickUp), tells(ask(), at('03-02T12:00'))]);
const rejected = docketHistory([filed, tells(pickUp), tells(reject)]);
const escalated = {
  type: 'review-escalated',
  data: { dealId: A },
  occurredAt: at('03-04T09:00'),
  cause: `review-escalated:${A}:${at('03-04T09:00')}`,
} as const;

describe('picking up', () => {
  it('given a submitted claim, when a reviewer picks it up, then it is in review', () => {
    given(docket, docketHistory([filed]))
      .when(pickUp, on(NOW, { actor: reviewer }))
      .then([{ type: 'review-picked-up', data: { dealId: A } }]);
    expect(standingOf(fold(docket, inReview), A, NOW)?.status).toBe('in-review');
  });

  it('given a review, when its reviewer picks it up again, then nothing happens; a colleague takes it over', () => {
    given(docket, inReview)
      .when(pickUp, on(NOW, { actor: reviewer }))
      .thenNothing();
    given(docket, inReview)
      .when(pickUp, on(NOW, { actor: colleague }))
      .then([{ type: 'review-picked-up', data: { dealId: A } }]);
  });

  it('given a claim that nobody decides, then it escalates after two business days, once', () => {
    given(docket, inReview)
      .when({ type: 'SettleDocket', data: {} }, on(at('03-20T09:00')))
      .afterSettling([escalated])
      .thenNothing();
  });
});

describe('deciding', () => {
  it('given a review, when it is approved, then the claim is protected for 90 days from now', () =>
    given(docket, inReview)
      .when(approve, on(at('03-03T10:00')))
      .then([
        {
          type: 'claim-approved',
          data: { dealId: A, rule: null, conflict: null, kind: 'referral', windowEnds: at('06-01T10:00') },
        },
      ]));

  it('given a review, when it is rejected, then the partner may contest for two business days', () =>
    given(docket, inReview)
      .when(reject, on(at('03-03T10:00')))
      .then([
        {
          type: 'claim-rejected',
          data: {
            dealId: A,
            code: 'NOT_QUALIFIED',
            reason: 'No budget, no project',
            contestableUntil: null,
          },
        },
      ]));

  it('given a rejection, then the place is offered on only when the time to contest is over', () => {
    const line = docketHistory([filed, told(NOW, 'fabrikam', filing('fabrikam')), tells(pickUp), tells(reject)]);
    const ends = at('03-04T09:00');
    given(docket, line)
      .when({ type: 'SettleDocket', data: {} }, on(at('03-04T08:59')))
      .afterSettling([])
      .thenNothing();
    given(docket, line)
      .when({ type: 'SettleDocket', data: {} }, on(ends))
      .afterSettling([
        {
          type: 'contest-period-ended',
          data: { dealId: A },
          occurredAt: ends,
          cause: `contest-period-ended:${A}:${ends}`,
        },
        {
          type: 'claim-offered',
          data: { dealId: B, reconfirmBy: null },
          occurredAt: ends,
          cause: `claim-offered:${B}:${ends}`,
        },
      ])
      .thenNothing();
  });

  it('given a rejection, when the partner files anew, then it waits until the time to contest is over', () => {
    const anew = filing('northwind', { dealId: dealOf('northwind', 2) });
    given(docket, rejected)
      .when(anew, on(at('03-04T08:59')))
      .thenRefused('FILING_NOT_VALID');
    expect(
      docket
        .decide(
          anew,
          fold(docket, [...rejected, { type: 'contest-period-ended', data: { dealId: A } }]),
          on(at('03-04T09:00')),
        )
        .map(({ type }) => type),
    ).toEqual(['claim-filed']);
  });

  it.each([
    ['approved', approve],
    ['rejected', reject],
  ])('given a claim that was %s, when the same is decided again, then nothing happens', (_case, command) =>
    given(docket, docketHistory([filed, tells(pickUp), tells(command)]))
      .when(command, on(NOW, { actor: colleague }))
      .thenNothing(),
  );

  it.each([approve, reject, ask()])('given a claim that nobody picked up, when $type comes, then it is refused', (c) =>
    given(docket, docketHistory([filed]))
      .when(c, on(NOW))
      .thenRefused('REVIEW_NOT_BEGUN'),
  );

  it.each([approve, ask()])('given a rejection, when $type comes, then it is refused', (c) =>
    given(docket, rejected).when(c, on(NOW)).thenRefused('CLAIM_NOT_IN_REVIEW'),
  );
});

describe('asking', () => {
  it('given a review, when the reviewer asks, then the partner has five business days', () =>
    given(docket, inReview)
      .when(ask(), on(at('03-02T12:00')))
      .then([
        {
          type: 'question-asked',
          data: {
            dealId: A,
            code: 'VALUE_UNCLEAR',
            fields: ['value'],
            text: 'What is it made of?',
            businessDays: 5,
            answerBy: null,
          },
        },
      ]));

  it('given a question, when it is asked again, then nothing happens; another one waits for the answer', () => {
    given(docket, asked)
      .when(ask(), on(at('03-02T12:00')))
      .thenNothing();
    given(docket, asked)
      .when(ask({ text: 'And for whom?' }), on(at('03-02T12:00')))
      .thenRefused('CLAIM_NOT_IN_REVIEW');
  });

  it('given two questions, when a third is asked, then it is refused: the reviewer decides', () => {
    const second = { eventId: deriveId('content', 'second'), hash: 'b'.repeat(64) };
    given(
      docket,
      docketHistory([
        filed,
        tells(pickUp),
        tells(ask()),
        tells(answer()),
        tells(ask({ text: 'And for whom?' })),
        tells(answer({ content: second })),
      ]),
    )
      .when(ask({ text: 'And why?' }), on(NOW))
      .thenRefused('QUESTIONS_USED_UP');
  });

  it.each([
    ['for another customer', { fields: ['customer.legalName' as const] }, 'FIELD_NOT_AMENDABLE'],
    ['until yesterday', { businessDays: 0 }, 'DEADLINE_TOO_SHORT'],
    ['without words', { text: ' ' }, 'DOCKET_TEXT_MISSING'],
    ['in words that nobody sees', { text: '\u2060' }, 'DOCKET_TEXT_MISSING'],
  ])('given a review, when the reviewer asks %s, then it is refused', (_case, data, code) =>
    given(docket, inReview).when(ask(data), on(NOW)).thenRefused(code),
  );
});

describe('answering', () => {
  it('given a question, when the partner answers in time, then the claim keeps its place and is in review again', () =>
    given(docket, asked)
      .when(answer(), on(at('03-02T14:00')))
      .then([
        {
          type: 'question-answered',
          data: {
            dealId: A,
            content,
            changed: ['value'],
            value: usd(80_000),
            rates: [],
            priority: 'kept',
            place: 'held',
            review: { targetAt: at('03-03T14:00'), escalatesAt: at('03-04T14:00') },
            lapsesAt: null,
            asksAt: null,
          },
        },
      ]));

  it('given a question about what it is for, when the partner says resale, then its approval is for resale, and fixed', () => {
    const openly = ask({ code: 'OTHER', fields: ['kind'], text: 'Do you sell it yourself?' });
    const history = docketHistory([
      filed,
      tells(pickUp),
      tells(openly),
      tells(answer({ changed: ['kind'], kind: 'resale' })),
    ]);
    expect(history.at(-1)).toMatchObject({ type: 'question-answered', data: { kind: 'resale' } });
    const [approval] = docket.decide(approve, fold(docket, history), on(NOW));
    expect(approval).toMatchObject({ type: 'claim-approved', data: { kind: 'resale' } });
    const approved = docketHistory([filed, tells(pickUp), tells(approve)]);
    given(docket, approved)
      .when(
        {
          type: 'AmendClaim',
          data: {
            dealId: A,
            content,
            amounts: [usd(75_000)],
            changed: ['kind'],
            elsewhere: { live: usd(0), approved: usd(0) },
          },
        },
        on(NOW),
      )
      .thenRefused('FIELD_NOT_AMENDABLE');
  });

  it('given an answer, when it is sent again, then nothing happens', () =>
    given(docket, docketHistory([filed, tells(pickUp), tells(ask()), tells(answer())]))
      .when(answer(), on(NOW))
      .thenNothing());

  it('given a question, when the answer changes the customer, then it is refused', () =>
    given(docket, asked)
      .when(answer({ changed: ['value', 'customer.legalName'] }), on(at('03-02T14:00')))
      .thenRefused('FIELD_NOT_AMENDABLE'));

  it('given a question about the value, when the answer changes the first touch, then it is refused', () =>
    given(docket, asked)
      .when(answer({ changed: ['firstTouch'] }), on(at('03-02T14:00')))
      .thenRefused('FIELD_NOT_AMENDABLE'));

  it('given no question, when an answer comes, then it is refused', () =>
    given(docket, inReview).when(answer(), on(NOW)).thenRefused('NO_QUESTION_OPEN'));

  it('given a deadline that passes, then the claim lapses, and may be contested from when that was written', () => {
    const answerBy = at('03-09T12:00');
    given(docket, asked)
      .when(answer(), on(at('03-12T10:00')))
      .afterSettling([
        {
          type: 'claim-lapsed',
          data: { dealId: A, because: 'no-answer', contestable: true, contestableUntil: null },
          occurredAt: answerBy,
          cause: `claim-lapsed:${A}:${answerBy}`,
        },
      ])
      .thenRefused('DEADLINE_PASSED');
  });

  it('given that time to contest a late answer is over as well, when it comes, then it still learns why', () =>
    given(
      docket,
      docketHistory([filed, tells(pickUp), tells(ask()), tells({ type: 'SettleDocket', data: {} }, at('03-12T10:00'))]),
    )
      .when(answer(), on(at('03-20T10:00')))
      .thenRefused('DEADLINE_PASSED'));

  describe('given that the first touch did not suffice', () => {
    const insufficient = tells(ask({ code: 'FIRST_TOUCH_INSUFFICIENT', fields: ['firstTouch'] }));
    const newEvidence = answer({ changed: ['firstTouch'] });
    const rival = told(NOW, 'fabrikam', filing('fabrikam'));

    it('when new evidence comes and nobody filed in between, then the claim keeps its place', () => {
      const history = docketHistory([filed, tells(pickUp), insufficient, tells(newEvidence)]);
      expect(standingOf(fold(docket, history), A, NOW)?.status).toBe('in-review');
    });

    it('when new evidence comes, then priority moves to the answer: whoever filed in between is offered the place', () => {
      const now = at('03-03T09:00');
      given(docket, docketHistory([filed, tells(pickUp), insufficient, rival]))
        .when(newEvidence, on(now))
        .then([
          {
            type: 'question-answered',
            data: {
              dealId: A,
              content,
              changed: ['firstTouch'],
              value: usd(80_000),
              rates: [],
              priority: 'moved',
              place: 'queued',
              review: null,
              lapsesAt: addDays(now, 90),
              asksAt: addDays(now, 30),
            },
          },
          { type: 'claim-offered', data: { dealId: B, reconfirmBy: null }, occurredAt: now },
        ]);
    });

    it('when the new evidence comes beside the first touch, then priority moves as well', () => {
      const beside = tells(answer({ changed: ['evidence'] }));
      const history = docketHistory([filed, tells(pickUp), insufficient, rival, beside]);
      expect(standingOf(fold(docket, history), A, NOW)?.status).toBe('queued');
    });

    it.each([
      ['new evidence', answer({ changed: ['firstTouch'] }), at('03-03T09:00')],
      ['something else', answer({ changed: ['value'] }), NOW],
    ])('when %s comes, then the standing says since when the claim ranks', (_what, said, since) => {
      const history = docketHistory([filed, tells(pickUp), insufficient, tells(said, at('03-03T09:00'))]);
      expect(standingOf(fold(docket, history), A, at('03-04T09:00'))?.ranksSince).toBe(since);
    });

    it('when the answer brings no new evidence for it, then priority stays', () => {
      const history = docketHistory([
        filed,
        tells(pickUp),
        insufficient,
        rival,
        tells(answer({ changed: ['contacts'] })),
      ]);
      expect(standingOf(fold(docket, history), A, NOW)?.status).toBe('in-review');
      expect(standingOf(fold(docket, history), B, NOW)?.status).toBe('queued');
    });
  });
});

describe('separation of duties', () => {
  const stake = { on: 'account', id: accountId, kind: 'quota' } as const;
  const refused: DocketEvent = {
    type: 'decision-refused',
    data: { dealId: A, decision: 'approval', stakes: [stake] },
  };

  it('given a stake in the customer, when its owner approves, then that is refused, and on record', () => {
    given(docket, inReview)
      .when(approve, on(NOW, { stakes: [stake] }))
      .then([refused]);
    given(docket, [...inReview, refused])
      .when(approve, on(NOW, { stakes: [stake] }))
      .thenRefused('DECIDER_HAS_STAKE');
  });

  it.each(['member', 'acted'] as const)(
    'given somebody who is %s for the claimant, when they approve, then that is refused, and on record',
    (kind) => {
      const tie = { on: 'partner', id: aStanding('northwind').partnerId, kind } as const;
      given(docket, inReview)
        .when(approve, on(NOW, { stakes: [tie] }))
        .then([{ type: 'decision-refused', data: { dealId: A, decision: 'approval', stakes: [tie] } }]);
    },
  );

  it('given a claim beside it whose parties nobody looked at, when it is approved, then it has to be looked at anew', () =>
    given(docket, inReview)
      .when(approve, on(NOW, { examined: [] }))
      .thenRefused('PARTIES_CHANGED'));

  it('given a stake in a rival that waits in line, when its owner rejects, then that is refused', () => {
    const own = { on: 'partner', id: aStanding('fabrikam').partnerId, kind: 'declared' } as const;
    given(docket, docketHistory([filed, tells(pickUp), told(NOW, 'fabrikam', filing('fabrikam'))]))
      .when(reject, on(NOW, { stakes: [own] }))
      .then([{ type: 'decision-refused', data: { dealId: A, decision: 'rejection', stakes: [own] } }]);
  });

  it('given a stake in somebody else, when its owner approves, then it is approved', () => {
    const elsewhere = { on: 'partner', id: aStanding('tailspin').partnerId, kind: 'declared' } as const;
    expect(
      docket.decide(approve, fold(docket, inReview), on(NOW, { stakes: [elsewhere] })).map(({ type }) => type),
    ).toEqual(['claim-approved']);
  });
});

type Referred = DocketEventOf<'claim-referred'>;

describe('an answer', () => {
  it('given one that takes the value below the minimum, then it is refused', () =>
    given(docket, asked)
      .when(answer({ amounts: [usd(4_999)] }), on(at('03-03T09:00')))
      .thenRefused('BELOW_MINIMUM'));
});

describe('rules', () => {
  const conflict = { score: 0.4, sequence: '17' };
  const decide = (data = conflict, elsewhere = usd(0)): DocketCommand => ({
    type: 'DecideByRule',
    data: { dealId: A, conflict: data, elsewhere },
  });
  const small = filing('northwind', { amounts: [usd(49_999)] });
  const fresh = docketHistory([told(NOW, 'northwind', small)]);
  const referred = (reasons: Referred['data']['reasons'], units: number, advice = conflict): Referred[] => [
    {
      type: 'claim-referred',
      data: { dealId: A, reasons, conflict: advice, projectValue: usd(units) },
      actor: 'rule/none',
    },
  ];

  const verdictOn = (history: readonly Happened<DocketEvent>[]) =>
    docket.decide(decide(), fold(docket, history), on(NOW));

  it('given a small filing of a silver partner, alone and without a possible conflict, then the rule approves it, and is its actor', () =>
    given(docket, fresh)
      .when(decide(), on(NOW))
      .then([
        {
          type: 'claim-approved',
          data: {
            dealId: A,
            rule: 'small-and-clear',
            conflict,
            kind: 'referral',
            projectValue: usd(49_999),
            windowEnds: addDays(NOW, 90),
          },
          actor: 'rule/small-and-clear',
        },
      ]));

  it('given a bronze partner, suspended since, a great value, others and a possible conflict, then a person has to look, for all of that', () => {
    const crowd = docketHistory([
      told(NOW, 'fabrikam', filing('fabrikam', { site: 'Basel' })),
      told(NOW, 'northwind', filing('northwind', { amounts: [usd(50_000)], site: 'Bern' })),
    ]);
    const advice = { score: 0.75, sequence: '17' };
    given(docket, crowd)
      .when(decide(advice), on(NOW, { partner: aStanding('northwind', { tier: 'bronze', status: 'suspended' }) }))
      .then(referred(['standing', 'tier', 'value', 'others-on-the-docket', 'possible-conflict'], 50_000, advice));
  });

  it('given a filing that came alone, when others file before a rule has decided, then they take nothing from it', () => {
    const overtaken = docketHistory([
      told(NOW, 'northwind', small),
      told(NOW, 'fabrikam', filing('fabrikam')),
      told(NOW, 'tailspin', filing('tailspin', { site: 'Basel' })),
    ]);
    expect(verdictOn(overtaken)).toEqual(verdictOn(fresh));
  });

  it('given somebody who was on the docket before and has left since, then a person has to look all the same', () => {
    const left = docketHistory([
      told(NOW, 'fabrikam', filing('fabrikam', { site: 'Basel' })),
      told(NOW, 'northwind', filing('northwind', { amounts: [usd(49_999)], site: 'Bern' })),
      told(NOW, 'fabrikam', { type: 'WithdrawClaim', data: { dealId: B, reason: 'Wrong line' } }),
    ]);
    given(docket, left)
      .when(decide(), on(NOW))
      .then(referred(['others-on-the-docket'], 49_999));
  });

  describe('the value of the project', () => {
    const project = (data: Parameters<typeof filing>[1]) =>
      docketHistory([told(NOW, 'northwind', filing('northwind', { amounts: [usd(20_000)], ...data }))]);

    it('given a form whose lines add up to the limit, when a rule is to decide on one, then a person has to look', () => {
      const form = { id: deriveId('form', '1'), others: [usd(20_000), usd(10_000)] };
      given(docket, project({ form }))
        .when(decide(), on(NOW))
        .then(referred(['value'], 50_000));
      expect(verdictOn(project({ form: { ...form, others: [usd(29_999)] } }))).toMatchObject([
        { type: 'claim-approved', data: { projectValue: usd(49_999) } },
      ]);
    });

    it('given a line of the form that no rate tells the worth of, then it cannot be filed, and counts for nothing', () => {
      const form = { id: deriveId('form', '1'), others: [{ minorUnits: 9_000_000, currency: 'CHF' }] };
      expect(verdictOn(project({ form }))).toMatchObject([
        { type: 'claim-approved', data: { projectValue: usd(20_000) } },
      ]);
    });

    it('given claims of the group on other dockets that take it to the limit, then a person has to look', () =>
      given(docket, project({}))
        .when(decide(conflict, usd(30_000)), on(NOW))
        .then(referred(['value'], 50_000)));

    it('given another claim of the group on this docket, then it counts; one of the same form counts as a line', () => {
      const form = { id: deriveId('form', '1'), others: [usd(25_000)] };
      const sister = { partner: aStanding('sister', { group: aStanding('northwind').group }) };
      const beside = (other: Parameters<typeof filing>[1], own: Parameters<typeof filing>[1]) =>
        fold(
          docket,
          docketHistory([
            told(NOW, 'sister', filing('sister', { amounts: [usd(25_000)], site: 'Basel', ...other }), sister),
            told(NOW, 'northwind', filing('northwind', { amounts: [usd(20_000)], site: 'Bern', ...own })),
          ]),
        ).claims.find(({ dealId }) => dealId === A)?.project;
      expect(beside({}, {})).toMatchObject({ lines: usd(20_000), onDocket: usd(25_000) });
      expect(beside({ form }, { form })).toMatchObject({ lines: usd(45_000), onDocket: usd(0) });
    });

    it('given a claim that was filed before the project counted, then its own value counts', () => {
      const { project, ...data } = filedClaim('northwind', NOW).data;
      const [claim] = fold(docket, [{ type: 'claim-filed', data }]).claims;
      expect(claim && projectValueOf(claim.project)).toEqual(project?.lines);
    });
  });

  it('given a claim that was referred or picked up, when a rule is to decide, then nothing happens', () => {
    given(docket, [...fresh, ...referred(['tier'], 49_999)])
      .when(decide(), on(NOW))
      .thenNothing();
    given(docket, inReview).when(decide(), on(NOW)).thenNothing();
  });

  it('given a claim that came through the queue, when a rule is to decide, then nothing happens: a person reviews it', () => {
    const promoted = docketHistory([
      told(NOW, 'fabrikam', filing('fabrikam')),
      told(NOW, 'northwind', small),
      told(NOW, 'fabrikam', { type: 'WithdrawClaim', data: { dealId: B, reason: 'Wrong line' } }),
      told(NOW, 'northwind', { type: 'ReconfirmClaim', data: { dealId: A } }),
    ]);
    given(docket, promoted).when(decide(), on(NOW)).thenNothing();
  });
});

describe('whose turn it is', () => {
  it('given a review with a question, then the time of partner, vendor and queue is summed', () => {
    const HOUR = 3_600_000;
    const history = docketHistory([
      filed,
      tells(pickUp, at('03-02T10:00')),
      tells(ask(), at('03-02T12:00')),
      tells(answer(), at('03-02T16:00')),
    ]);
    expect(standingOf(fold(docket, history), A, at('03-02T17:00'))).toMatchObject({
      turn: 'vendor',
      turns: { vendor: 4 * HOUR, partner: 4 * HOUR, paused: 0 },
      next: 'vendor-reviews',
    });
  });

  it('given a queued claim, then nobody’s clock runs', () => {
    const history = docketHistory([filed, told(NOW, 'fabrikam', filing('fabrikam'))]);
    expect(standingOf(fold(docket, history), B, addDays(NOW, 1))).toMatchObject({
      turn: 'paused',
      turns: { vendor: 0, partner: 0, paused: 86_400_000 },
    });
  });
});
