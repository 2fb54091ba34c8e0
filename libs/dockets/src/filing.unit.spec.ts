import { addDays, deriveId, type Instant, parseDay, parseInstant, Refusal } from '@tempore/kernel';
import {
  accountId,
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
  noFacts,
  NOW,
  productLine,
  told,
  usd,
} from '@tempore/testing';

import {
  type AccountFacts,
  docket,
  type DocketCommand,
  type DocketContext,
  type DocketEvent,
  type Failing,
  dueAt,
  ownClaimInTheWay,
  type PartnerStanding,
  settledAt,
  standingOf,
} from '.';

const at = (text: string): Instant => parseInstant(`2026-${text}:00.000Z`);
const eventId = deriveId('event', 'fact');

const by = (standing: Partial<PartnerStanding> = {}, context: Partial<DocketContext> = {}) =>
  aDocketContext({ partner: aStanding('northwind', standing), ...context });
const on = (facts: Partial<AccountFacts>) => by({}, { account: { ...noFacts, ...facts } });

const held = told(at('03-02T09:00'), 'northwind', filing('northwind'));
const history = docketHistory([held]);

/** What stands against a filing of northwind's, in the order of the answer. */
const failings = (
  context: DocketContext,
  filed: Parameters<typeof filing>[1] = {},
  before: readonly Happened<DocketEvent>[] = [],
): readonly Failing[] => {
  try {
    docket.decide(filing('northwind', filed), fold(docket, before), context);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'FILING_NOT_VALID')) throw error;
    return (error.details.facts as { failing: readonly Failing[] }).failing;
  }
};
const codes = (...filed: Parameters<typeof failings>) => failings(...filed).map(({ code }) => code);

describe('what shows the first touch', () => {
  const A = dealOf('northwind');
  const B = dealOf('fabrikam');
  const due = at('03-16T09:00');
  const tells = (command: DocketCommand, now = NOW) => told(now, 'northwind', command);
  const later = tells(filing('northwind', { documented: false }));
  const rival = told(NOW, 'fabrikam', filing('fabrikam'));
  const pickUp = (dealId = A) => tells({ type: 'PickUpReview', data: { dealId } });
  const approve = (dealId = A) => tells({ type: 'ApproveClaim', data: { dealId } });
  const handIn = (document = aDocument()): DocketCommand => ({
    type: 'HandInDocument',
    data: { dealId: A, document },
  });
  const settle: DocketCommand = { type: 'SettleDocket', data: {} };
  const missed = {
    type: 'claim-lapsed',
    data: { dealId: A, because: 'no-document', contestable: true, contestableUntil: null },
    occurredAt: due,
    cause: `claim-lapsed:${A}:${due}`,
  } as const;

  it('given a project that is not over the threshold, when it is filed without, then it is due in ten business days', () => {
    given(docket)
      .when(filing('northwind', { documented: false, amounts: [usd(100_000)] }), by())
      .then([
        filedClaim('northwind', NOW, {
          value: usd(100_000),
          review: { targetAt: at('03-03T09:00'), escalatesAt: at('03-04T09:00') },
          documentOwed: true,
        }),
      ]);
    expect(standingOf(fold(docket, docketHistory([later])), A, NOW)).toMatchObject({
      status: 'submitted',
      documentDueAt: due,
    });
  });

  it.each([
    ['its own value is', { amounts: [usd(100_001)] }],
    ['the form is', { form: { id: eventId, others: [usd(25_001)] } }],
    ['what the group has on the customer is', { elsewhere: usd(25_001) }],
  ])('given a project over the threshold since %s, when it is filed without, then it is incomplete', (_case, data) => {
    given(docket)
      .when(filing('northwind', { documented: false, ...data }), by())
      .thenRefused('DEAL_INCOMPLETE');
    expect(docket.decide(filing('northwind', data), docket.initialState, by())).toHaveLength(1);
  });

  it('given that it is due, when it comes in time, then the claim keeps its rank, and nothing is due any more, once', () => {
    const lastMoment = at('03-16T08:59');
    const line = [later, rival, pickUp()];
    given(docket, docketHistory(line))
      .when(handIn(), by({}, { now: lastMoment }))
      .afterSettling([
        {
          type: 'review-escalated',
          data: { dealId: A },
          occurredAt: at('03-04T09:00'),
          cause: `review-escalated:${A}:${at('03-04T09:00')}`,
        },
      ])
      .then([{ type: 'first-touch-documented', data: { dealId: A, document: aDocument() } }]);
    const handedIn = docketHistory([...line, tells(handIn(), lastMoment)]);
    const after = by({}, { now: at('03-17T09:00') });
    given(docket, handedIn).when(handIn(), after).thenNothing();
    given(docket, handedIn)
      .when(handIn(aDocument('another')), after)
      .thenRefused('DOCUMENT_NOT_DUE');
    const state = fold(docket, handedIn);
    expect(state.claims.map(({ dealId }) => dealId)).toEqual([A, B]);
    expect(standingOf(state, A, after.now)).toMatchObject({ status: 'in-review', documentDueAt: null });
  });

  it('given an approved claim, when it does not come, then the claim lapses, may contest that, and then the next is offered the place', () => {
    const line = [later, rival, pickUp(), approve()];
    expect(dueAt(fold(docket, docketHistory(line)))).toBe(due);
    const contestableUntil = at('03-18T09:00');
    given(docket, docketHistory(line))
      .when(settle, by({}, { now: due }))
      .afterSettling([missed])
      .thenNothing();
    const state = fold(docket, docketHistory([...line, tells(settle, due)]));
    expect(standingOf(state, A, due)).toMatchObject({
      status: 'lapsed',
      next: 'partner-may-contest',
      documentDueAt: null,
    });
    expect(standingOf(state, B, at('03-18T08:59'))?.status).toBe('queued');
    expect(standingOf(state, B, contestableUntil)?.status).toBe('offered');
  });

  it('given a claim in line, when it does not come, then it lapses, may contest that, and never had the place', () => {
    const history = docketHistory([rival, pickUp(B), approve(B), later]);
    given(docket, history)
      .when(settle, by({}, { now: due }))
      .afterSettling([missed])
      .thenNothing();
    const state = fold(docket, history);
    expect(standingOf(state, A, due)).toMatchObject({ status: 'lapsed', next: 'partner-may-contest' });
    expect(standingOf(state, B, at('03-20T09:00'))?.status).toBe('approved');
  });

  it('given a win that waits for the vendor, when it does not come, then the claim stands until that is answered', () => {
    const statementId = deriveId('statement', '1');
    const win: DocketCommand = {
      type: 'ReportWin',
      data: { dealId: A, statementId, closedOn: parseDay('2026-03-02') },
    };
    const state = fold(docket, docketHistory([later, pickUp(), approve(), tells(win)]));
    expect(standingOf(state, A, due)?.status).toBe('approved');
    const refuse: DocketCommand = { type: 'RefuseWin', data: { dealId: A, reason: 'No order' } };
    const late = at('03-16T10:00');
    const decided = docket.decide(refuse, settledAt(state, late), by({}, { now: late }));
    expect(decided.map(({ type }) => type)).toEqual(['win-refused', 'claim-lapsed']);
  });

  it('given that it did not come, when it is handed in too late, then the refusal says that the deadline passed', () =>
    given(docket, docketHistory([later, pickUp(), approve()]))
      .when(handIn(), by({}, { now: due }))
      .afterSettling([missed])
      .thenRefused('DEADLINE_PASSED'));

  it('given a filing that had it, or one from before it could be missing, then nothing is due', () => {
    const older = filedClaim('northwind', NOW);
    Reflect.deleteProperty(older.data, 'documentDueAt');
    Reflect.deleteProperty(older.data.terms, 'firstTouchDocumentBusinessDays');
    for (const known of [history, [older]]) {
      expect(standingOf(fold(docket, known), A, due)).toMatchObject({ status: 'submitted', documentDueAt: null });
      given(docket, known).when(handIn(), by()).thenRefused('DOCUMENT_NOT_DUE');
    }
  });

  it('given a question about the first touch while it is due, when the answer brings it, then the rank stays', () => {
    const question: DocketCommand = {
      type: 'AskQuestion',
      data: {
        dealId: A,
        code: 'FIRST_TOUCH_INSUFFICIENT',
        fields: ['firstTouch'],
        text: 'What shows it?',
        businessDays: null,
      },
    };
    const answer = (documented: boolean): DocketCommand => ({
      type: 'AnswerQuestion',
      data: {
        dealId: A,
        content: { eventId, hash: 'a'.repeat(64) },
        amounts: [usd(75_000)],
        changed: ['firstTouch'],
        documented,
      },
    });
    const line = [later, rival, pickUp(), tells(question)];
    const answered = (documented: boolean) =>
      docket.decide(answer(documented), fold(docket, docketHistory(line)), by())[0];
    expect(answered(true)).toMatchObject({ data: { documented: true, priority: 'kept', place: 'held' } });
    expect(answered(false)).toMatchObject({ data: { priority: 'moved', place: 'queued' } });
    const state = fold(docket, docketHistory([...line, tells(answer(true))]));
    expect(standingOf(state, A, NOW)).toMatchObject({ status: 'in-review', documentDueAt: null });
  });
});

describe('what a registration is for', () => {
  const filedAs = (kind: 'resale' | 'referral' | null, context: DocketContext) =>
    docket
      .decide(filing('northwind', { kind }), docket.initialState, context)
      .map(({ data }) => ('kind' in data ? data.kind : undefined));

  it.each([
    ['a partner that resells', null, by({ kind: 'resale' }), 'resale'],
    ['a partner that refers', null, by(), 'referral'],
    ['a partner that resells and says otherwise', 'referral', by({ kind: 'resale' }), 'referral'],
    ['a partner that refers and says otherwise', 'resale', by(), 'resale'],
  ] as const)('given %s, when it files, then its claim is for that', (_case, kind, context, expected) =>
    expect(filedAs(kind, context)).toEqual([expected]),
  );

  it('given a filing from before there were two kinds, then it is a referral', () => {
    const older = filedClaim('northwind', NOW);
    Reflect.deleteProperty(older.data, 'kind');
    expect(standingOf(fold(docket, [older]), dealOf('northwind'), NOW)).toMatchObject({ kind: 'referral' });
  });
});

describe('filing', () => {
  it('given nobody, when a partner files, then its claim holds, with all that the decision used', () =>
    given(docket)
      .when(filing('northwind'), by())
      .then([
        filedClaim('northwind', NOW, {
          review: { targetAt: at('03-03T09:00'), escalatesAt: at('03-04T09:00') },
          standing: aStanding('northwind'),
          facts: noFacts,
        }),
      ]));

  it('given a holder, when another files, then it is queued, and lapses after 90 days without progress', () =>
    given(docket, history)
      .when(filing('fabrikam'), aDocketContext({ now: at('03-02T10:00'), partner: aStanding('fabrikam') }))
      .then([
        filedClaim('fabrikam', NOW, {
          place: 'queued',
          review: null,
          lapsesAt: at('05-31T10:00'),
          asksAt: at('04-01T10:00'),
        }),
      ]));

  it('given a claim, when the same deal is filed again by another request, then it is a duplicate of itself', () => {
    const itself = { code: 'DUPLICATE_SELF', fact: { dealId: dealOf('northwind'), filedAt: NOW } };
    expect(failings(by(), {}, history)).toMatchObject([itself]);
    expect(failings(by({ group: deriveId('partner', 'bought by them') }), {}, history)).toMatchObject([itself]);
  });

  it('given a claim that ended, when its deal is filed again, then it is refused: the sale needs a deal of its own', () => {
    const withdraw = { type: 'WithdrawClaim', data: { dealId: dealOf('northwind'), reason: 'Wrong line' } } as const;
    given(docket, docketHistory([held, told(NOW, 'northwind', withdraw)]))
      .when(filing('northwind'), by())
      .thenRefused('CLAIM_ENDED');
  });

  it('given an estimated close, when the deal is filed, then the day may run somewhere on Earth, and not be over', () => {
    const estimatedClose = parseDay('2026-03-01');
    const filed = filing('northwind', { estimatedClose });
    given(docket)
      .when(filed, by({}, { now: at('03-02T12:00') }))
      .thenRefused('ESTIMATED_CLOSE_PAST');
    expect(codes(by({}, { now: at('03-02T11:59') }), { estimatedClose })).toEqual([]);
  });

  it('given a claim, when the same deal is filed with other content, then it is refused', () =>
    given(docket, history)
      .when(filing('northwind', { content: { eventId, hash: 'f'.repeat(64) } }), by())
      .thenRefused('DEAL_FILED_BEFORE'));

  it('given claims that name sites, when a third comes, then it is queued where it collides with any of them', () => {
    const sites = docketHistory([
      told(NOW, 'northwind', filing('northwind', { site: 'Bern' })),
      told(NOW, 'fabrikam', filing('fabrikam', { site: 'Basel' })),
    ]);
    const places = [null, 'Bern', ' bern', 'B\u0435rn', 'Be\u200brn', 'Chur'].map((site) =>
      docket
        .decide(filing('tailspin', { site }), fold(docket, sites), aDocketContext({ partner: aStanding('tailspin') }))
        .map((event) => event.type === 'claim-filed' && event.data.place),
    );
    expect(places).toEqual([['queued'], ['queued'], ['queued'], ['queued'], ['queued'], ['held']]);
  });

  it('given a queued claim for all sites, when another files for a site that is free, then it does not overtake', () => {
    const line = docketHistory([
      told(NOW, 'northwind', filing('northwind', { site: 'Bern' })),
      told(NOW, 'fabrikam', filing('fabrikam')),
    ]);
    given(docket, line)
      .when(filing('tailspin', { site: 'Basel' }), aDocketContext({ partner: aStanding('tailspin') }))
      .then([
        filedClaim('tailspin', NOW, {
          site: 'Basel',
          place: 'queued',
          review: null,
          lapsesAt: addDays(NOW, 90),
          asksAt: addDays(NOW, 30),
        }),
      ]);
  });

  it('given a value in another currency, when it is filed, then the rate that was used stands on the claim', () => {
    const euro = { currency: 'EUR', perUnit: '1.12', source: 'ECB', on: parseDay('2026-02-27') };
    const amounts = [{ minorUnits: 5_000_001, currency: 'EUR' }, usd(1_000)];
    given(docket)
      .when(filing('northwind', { amounts }), by({}, { rates: [euro] }))
      .then([filedClaim('northwind', NOW, { value: { minorUnits: 5_700_001, currency: 'USD' }, rates: [euro] })]);
    given(docket).when(filing('northwind', { amounts }), by()).thenRefused('RATE_MISSING');
  });

  it('given amounts that add up to more than can be counted exactly, when they are filed, then it is refused', () =>
    given(docket)
      .when(filing('northwind', { amounts: [{ minorUnits: Number.MAX_SAFE_INTEGER, currency: 'USD' }, usd(1)] }), by())
      .thenRefused('VALUE_TOO_LARGE'));
});

describe('validity', () => {
  const customer = { eventId, from: at('01-01T00:00'), until: at('07-01T00:00'), partnerOfRecord: null };
  const ofRecord = { ...customer, partnerOfRecord: aStanding('northwind').partnerId };
  const letter = (partner: string) => ({ eventId, partnerId: aStanding(partner).partnerId });
  const renewal = { dealType: 'renewal' } as const;

  it.each([
    ['is suspended', by({ status: 'suspended' }), {}, ['NOT_AUTHORISED']],
    ['lacks the certificate for the line', by({ lacks: ['certificate'] }), {}, ['NOT_AUTHORISED']],
    [
      'sells elsewhere',
      by({ territories: ['AT'] }, { account: { ...noFacts, territory: 'CH' } }),
      {},
      ['OUT_OF_TERRITORY'],
    ],
    ['sells there', by({ territories: ['CH'] }, { account: { ...noFacts, territory: 'CH' } }), {}, []],
    ['is restricted to other accounts', by({ named: 'only-others' }), {}, ['NOT_NAMED_ACCOUNT']],
    ['files for a house account', on({ house: { eventId } }), {}, ['HOUSE_ACCOUNT']],
    ['files as new who has the line', on({ customerOfLine: customer }), {}, ['EXISTING_CUSTOMER']],
    ['files an upsell for who has the line', on({ customerOfLine: customer }), { dealType: 'upsell' } as const, []],
    ['files as new who had the line', on({ customerOfLine: { ...customer, until: NOW } }), {}, []],
    ['files below the minimum', by(), { amounts: [usd(4_999)] }, ['BELOW_MINIMUM']],
    ['files the minimum', by(), { amounts: [usd(4_000), usd(1_000)] }, []],
    ['renews who never had the line', by(), renewal, ['RENEWAL_NOT_ELIGIBLE']],
    ['renews another’s customer', on({ customerOfLine: customer }), renewal, ['RENEWAL_NOT_ELIGIBLE']],
    [
      'renews its customer more than 120 days before the end',
      on({ customerOfLine: { ...ofRecord, until: addDays(NOW, 120.001) } }),
      renewal,
      ['RENEWAL_NOT_ELIGIBLE'],
    ],
    [
      'renews its customer 120 days before the end',
      on({ customerOfLine: { ...ofRecord, until: addDays(NOW, 120) } }),
      renewal,
      [],
    ],
    [
      'renews with a letter of the customer',
      on({ customerOfLine: customer, renewalLetter: letter('northwind') }),
      renewal,
      [],
    ],
    [
      'renews its customer, whose letter names another',
      on({ customerOfLine: { ...ofRecord, until: NOW }, renewalLetter: letter('fabrikam') }),
      renewal,
      ['RENEWAL_NOT_ELIGIBLE'],
    ],
  ])('given a partner that %s, when it files, then the codes are these', (_case, context, filed, expected) =>
    expect(codes(context, filed)).toEqual(expected),
  );

  it('given all that can stand against a filing, then every code is named in one answer, in the rulebook’s order', () => {
    const busy = docketHistory([
      held,
      told(NOW, null, {
        type: 'OpenDirectOpportunity',
        data: { opportunityId: eventId, accountId, productLine, reason: 'Renewal talks' },
      }),
      told(NOW, null, { type: 'RecordDirectTouch', data: { opportunityId: eventId, touch: aTouch() } }),
      told(NOW, null, {
        type: 'PublishTender',
        data: { accountId, productLine, reference: 'T-1', publishedAt: NOW, reason: 'Seen in the gazette' },
      }),
    ]);
    const context = by(
      { status: 'ended', territories: [], named: 'only-others' },
      { account: { territory: 'CH', house: { eventId }, customerOfLine: customer, renewalLetter: null } },
    );
    const filed = { dealId: dealOf('northwind', 2), amounts: [usd(1)] };
    const all = [
      'NOT_AUTHORISED',
      'OUT_OF_TERRITORY',
      'NOT_NAMED_ACCOUNT',
      'HOUSE_ACCOUNT',
      'EXISTING_CUSTOMER',
      'ACTIVE_DIRECT_PIPELINE',
      'DUPLICATE_SELF',
      'BELOW_MINIMUM',
      'TENDER_PUBLISHED',
    ];
    expect(codes(context, filed, busy)).toEqual(all);
    expect(codes(context, { ...filed, dealType: 'renewal' }, busy)).toEqual(
      [...all, 'RENEWAL_NOT_ELIGIBLE'].filter((code) => code !== 'EXISTING_CUSTOMER'),
    );
  });

  it('given a partner that lacks tier and people, when it files, then it learns which tier, and how many people', () => {
    const line = { minimumTier: 'gold', certifiedPeople: 3, certified: 1 } as const;
    expect(failings(by({ lacks: ['tier', 'certificate'], line }))).toMatchObject([
      {
        code: 'NOT_AUTHORISED',
        fact: { tier: { has: 'silver', needs: 'gold' }, certifiedPeople: { has: 1, needs: 3 } },
        remedy: 'Reach the tier gold: yours is silver. Have 2 more of your people certified for the line: 1 of 3 are.',
      },
    ]);
    const [notEnough] = failings(by({ lacks: ['certificate'], line: { ...line, minimumTier: 'silver' } }));
    expect(notEnough?.fact).not.toHaveProperty('tier');
  });

  it('given a refusal, then each code says the fact, the remedy and the date it may change', () => {
    for (const failing of failings(by({ status: 'ended', lacks: ['tier'], named: 'only-others' }), { amounts: [] })) {
      expect(failing.rule).not.toBe('');
      expect(failing.remedy).not.toBe('');
    }
    expect(failings(on({ customerOfLine: customer }))).toMatchObject([
      { fact: { eventId }, mayChangeAt: customer.until },
    ]);
  });
});

describe('one claim of a group', () => {
  const sister = { partner: aStanding('sister', { group: aStanding('northwind').group }) };

  it('given a live claim, when the partner files another deal, then the answer points to the first', () =>
    expect(failings(by(), { dealId: dealOf('northwind', 2) }, history)).toMatchObject([
      { code: 'DUPLICATE_SELF', fact: { dealId: dealOf('northwind'), filedAt: NOW } },
    ]));

  it('given a live claim, when another partner of the group files, then it is refused', () =>
    expect(codes(aDocketContext(sister), { dealId: dealOf('sister') }, history)).toEqual(['DUPLICATE_SELF']));

  it('given a live claim for one site, when the group files for another, then it is filed', () => {
    const bern = docketHistory([told(NOW, 'northwind', filing('northwind', { site: 'Bern' }))]);
    expect(codes(aDocketContext(sister), { dealId: dealOf('sister'), site: 'Basel' }, bern)).toEqual([]);
  });

  it('given claims, then only a live one of the same partner that a filing would collide with stands in its way', () => {
    const bern = [told(NOW, 'northwind', filing('northwind', { site: 'Bern' }))];
    const inTheWay = (story: typeof bern, partner: string, site: string | null) =>
      ownClaimInTheWay(fold(docket, docketHistory(story)), { partnerId: aStanding(partner).partnerId, site }, NOW)
        ?.code;
    expect(inTheWay(bern, 'northwind', null)).toBe('FILING_NOT_VALID');
    expect(inTheWay(bern, 'northwind', 'Basel')).toBeUndefined();
    expect(inTheWay(bern, 'fabrikam', null)).toBeUndefined();
    const withdraw = { type: 'WithdrawClaim', data: { dealId: dealOf('northwind'), reason: 'Wrong line' } } as const;
    expect(inTheWay([...bern, told(NOW, 'northwind', withdraw)], 'northwind', null)).toBeUndefined();
  });

  it('given claims, then only a live one of the same partner that a filing would collide with stands in its way', () => {
    const bern = [told(NOW, 'northwind', filing('northwind', { site: 'Bern' }))];
    const inTheWay = (story: typeof bern, partner: string, site: string | null) =>
      ownClaimInTheWay(fold(docket, docketHistory(story)), { partnerId: aStanding(partner).partnerId, site }, NOW)
        ?.code;
    expect(inTheWay(bern, 'northwind', null)).toBe('FILING_NOT_VALID');
    expect(inTheWay(bern, 'northwind', 'Basel')).toBeUndefined();
    expect(inTheWay(bern, 'fabrikam', null)).toBeUndefined();
    const withdraw = { type: 'WithdrawClaim', data: { dealId: dealOf('northwind'), reason: 'Wrong line' } } as const;
    expect(inTheWay([...bern, told(NOW, 'northwind', withdraw)], 'northwind', null)).toBeUndefined();
  });

  it('given a claim that was withdrawn, when the partner files anew, then it is filed at once', () => {
    const withdraw = { type: 'WithdrawClaim', data: { dealId: dealOf('northwind'), reason: 'Wrong line' } } as const;
    const withdrawn = docketHistory([held, told(NOW, 'northwind', withdraw)]);
    expect(codes(by(), { dealId: dealOf('northwind', 2) }, withdrawn)).toEqual([]);
  });
});
