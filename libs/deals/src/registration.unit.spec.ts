import { createHash } from 'node:crypto';

import { addDays, deriveId, type Instant, parseDay, parseInstant, Refusal, startOfDay } from '@tempore/kernel';
import {
  accountId,
  aContent,
  aDocument,
  aPerson,
  aStanding,
  contentEventId,
  draftedDeal,
  endedDeal,
  filedDeal,
  fold,
  given,
  NOW,
  productLine,
  usd,
} from '@tempore/testing';

import {
  addedTo,
  amendmentSince,
  type ClaimOutcome,
  type ContentField,
  contentHash,
  contentRef,
  contentToFile,
  deal,
  type DealCommand,
  type DealContent,
  emptyContent,
  firstYearOf,
  hashedText,
  hashVersionOf,
  type LawfulBasis,
  missingFields,
  type PartnerRights,
  redrafted,
  submissionOf,
  whitelist,
} from '.';

const { partnerId } = aStanding('northwind');
const draft = (content?: Partial<DealContent>): DealCommand => ({
  type: 'DraftDeal',
  data: { partnerId, content: aContent(content) },
});
const revise = (content?: Partial<DealContent>): DealCommand => ({
  type: 'ReviseDeal',
  data: { change: aContent(content) },
});
const amend = (content?: Partial<DealContent>): DealCommand => ({
  type: 'AmendDeal',
  data: { content: aContent(content), answers: null },
});
const stage: DealCommand = { type: 'ReportStage', data: { stage: 'proposing' } };
const loss: ClaimOutcome['data'] = {
  outcome: 'lost',
  closedOn: parseDay('2026-05-20'),
  reason: 'Bought elsewhere',
  evidence: [],
};
const lost: DealCommand = { type: 'ClaimOutcome', data: loss };
const end: DealCommand = { type: 'EndDeal', data: { as: 'superseded' } };
const submission = {
  docketId: deriveId('docket', accountId, productLine),
  accountId,
  content: contentRef(contentEventId, aContent()),
};
const submitted: DealCommand = { type: 'RecordSubmission', data: submission };

const approved: { rights: PartnerRights } = { rights: { amend: whitelist, reportStage: true, question: null } };
const inReview: { rights: PartnerRights } = { rights: { amend: [], reportStage: false, question: null } };
const { customer } = aContent();
const named = (basis: LawfulBasis) => ({ person: aPerson(), basis, consentedOn: null });

/** Whose data was erased. */
const nobody: ReadonlySet<string> = new Set();

describe('a draft', () => {
  it('given nothing, when a partner drafts a deal, then what it says is kept, complete or not', () => {
    given(deal)
      .when(draft({ contacts: [], type: null }))
      .then([{ type: 'deal-drafted', data: { partnerId, content: aContent({ contacts: [], type: null }) } }]);
  });

  it('given a draft, when it is drafted again, then nothing happens, unless it says something else', () => {
    given(deal, draftedDeal()).when(draft()).thenNothing();
    given(deal, draftedDeal())
      .when(draft({ site: 'Bern' }))
      .thenRefused('DEAL_EXISTS');
  });

  it('given a draft, when it is revised, then the new content is kept, in normal form', () =>
    given(deal, draftedDeal())
      .when(revise({ businessProblem: '  Orders get lost ' }))
      .then([{ type: 'deal-content-revised', data: { content: aContent({ businessProblem: 'Orders get lost' }) } }]));

  it('given a draft, when it is revised to what it says, then nothing happens', () =>
    given(deal, draftedDeal()).when(revise()).thenNothing());

  it('given a draft, when it is revised to nonsense, then the refusal names every field', () => {
    given(deal, draftedDeal())
      .when(revise({ customer: { ...customer, country: 'Switzerland' }, businessProblem: ' ' }))
      .thenRefused('DEAL_CONTENT_INVALID');
    const nonsense = { ...aContent(), businessProblem: ' ', customer: { ...customer, country: 'Switzerland' } };
    expect(() =>
      deal.decide({ type: 'ReviseDeal', data: { change: nonsense } }, fold(deal, draftedDeal()), {} as never),
    ).toThrow(/customer\.country: .*businessProblem: /);
  });
});

describe('texts', () => {
  it.each([
    { site: '\u200b' },
    { productLine: 'Gate\tway' },
    { ownReference: 'NW\u0000' },
    { projectReference: '---' },
    { businessProblem: 'Slow\u0007' },
    { purchaser: { legalName: '\u200b', country: 'DE' } },
    { customer: { ...aContent().customer, legalName: 'Con\u202etoso' } },
    { customer: { ...aContent().customer, address: '\u3164' } },
  ])('given %j, when it is said, then it is refused', (content) => {
    given(deal).when(draft(content)).thenRefused('DEAL_CONTENT_INVALID');
    given(deal, draftedDeal()).when(revise(content)).thenRefused('DEAL_CONTENT_INVALID');
  });

  it('given a problem told in several lines, then it is taken', () =>
    expect(
      deal.decide(draft({ businessProblem: 'Slow:\n\tat noon' }), deal.initialState, { now: NOW, actor: '' }),
    ).toHaveLength(1));

  it('given a content from before this rule, when something else of it is amended, then what it said is let be', () => {
    const before = { site: 'Plant\tBasel' };
    const content = aContent({ ...before, businessProblem: 'Slow at noon' });
    given(deal, filedDeal(before))
      .when(amend(content), approved)
      .then([{ type: 'deal-amended', data: { content, changed: ['businessProblem'], answers: null } }]);
  });
});

describe('what has not come yet', () => {
  const tomorrow = addDays(NOW, 1);
  const { firstTouch, contacts } = aContent();

  it('given a first touch of tomorrow, when it is said, then it is refused', () => {
    const early = { firstTouch: { ...firstTouch, at: tomorrow } };
    given(deal).when(draft(early)).thenRefused('DEAL_CONTENT_INVALID');
    given(deal, draftedDeal()).when(revise(early)).thenRefused('DEAL_CONTENT_INVALID');
  });

  it('given consent of a day that has begun somewhere, then it counts; of a later one, it is refused', () => {
    const consented = (on: Instant) =>
      draft({ contacts: contacts.map((contact) => ({ ...contact, consentedOn: parseDay(on.slice(0, 10)) })) });
    expect(NOW.slice(11, 16)).toBe('09:00');
    expect(deal.decide(consented(addDays(NOW, 14 / 24)), deal.initialState, { now: NOW, actor: '' })).toHaveLength(1);
    given(deal)
      .when(consented(addDays(tomorrow, 1)))
      .thenRefused('DEAL_CONTENT_INVALID');
  });
});

describe('the lawful basis of naming somebody', () => {
  it('given a day of consent beside another basis, when it is said, then it is refused: only one of the two can hold', () => {
    const both = { ...named('contract'), consentedOn: parseDay('2026-02-20') };
    given(deal)
      .when(draft({ contacts: [both] }))
      .thenRefused('DEAL_CONTENT_INVALID');
  });
});

describe('the purchaser', () => {
  const purchaser = { legalName: 'Fabrikam Leasing', country: 'DE' };

  it('given a draft, when a purchaser is named, then it stands beside the customer, and can be taken back', () => {
    given(deal, draftedDeal())
      .when(revise({ purchaser }))
      .then([{ type: 'deal-content-revised', data: { content: aContent({ purchaser }) } }]);
    given(deal, draftedDeal({ purchaser }))
      .when(revise({ purchaser: null }))
      .then([{ type: 'deal-content-revised', data: { content: aContent({ purchaser: null }) } }]);
  });

  it('given a purchaser without a name, when it is said, then it is refused', () =>
    given(deal)
      .when(draft({ purchaser: { ...purchaser, legalName: ' ' } }))
      .thenRefused('DEAL_CONTENT_INVALID'));

  it('given a filed deal, when one is named, then it is refused; to say that there is none changes nothing', () => {
    given(deal, filedDeal()).when(amend({ purchaser }), approved).thenRefused('FIELD_NOT_AMENDABLE');
    given(deal, filedDeal())
      .when(amend({ purchaser: null }), approved)
      .thenNothing();
  });
});

describe('complete', () => {
  it('given nothing, then every field that a filing needs is named, and so is it in the refusal', () => {
    const missing = missingFields(emptyContent);
    expect(missing).toEqual([
      'customer.legalName',
      'customer.country',
      'customer.domain or customer.registryNumber',
      'contacts (somebody named, with a lawful basis)',
      'productLine',
      'type',
      'value.oneTime or value.annualRecurring',
      'estimatedClose',
      'businessProblem',
      'firstTouch.kind',
      'firstTouch.at',
      'firstTouch.counterpart',
    ]);
    expect(missingFields(emptyContent, { document: true })).toEqual([...missing, 'firstTouch.document']);
    expect(() => submissionOf(fold(deal, draftedDeal(emptyContent)), nobody)).toThrow(missing.join(', '));
  });

  it.each<[string, Partial<DealContent>, readonly string[]]>([
    ['a registry number instead of a domain', { customer: { ...customer, domain: null, registryNumber: '7' } }, []],
    [
      'a contact without consent',
      { contacts: [{ person: aPerson(), consentedOn: null }] },
      ['contacts (somebody named, with a lawful basis)'],
    ],
    ['a contact by legitimate interest', { contacts: [named('legitimate-interest')] }, []],
    ['a contact by contract', { contacts: [named('contract')] }, []],
    ['a contact by consent of a day', { contacts: [{ ...named('consent'), consentedOn: parseDay('2026-02-20') }] }, []],
    [
      'a contact by consent of no day',
      { contacts: [named('consent')] },
      ['contacts (somebody named, with a lawful basis)'],
    ],
    [
      'a contact of whom nobody says the name',
      { contacts: [{ ...named('contract'), person: { ...aPerson(), fields: {} } }] },
      ['contacts (somebody named, with a lawful basis)'],
    ],
    ['a purchaser beside the customer', { purchaser: { legalName: 'Fabrikam Leasing', country: null } }, []],
    [
      'a recurring value without a term',
      { value: { oneTime: null, annualRecurring: usd(60_000), termMonths: null } },
      ['value.termMonths'],
    ],
    ['a one-time value without a term', { value: { oneTime: usd(1), annualRecurring: null, termMonths: null } }, []],
    ['neither site nor references', { site: null, projectReference: null, ownReference: null }, []],
  ])('given %s, then what is missing is this', (_case, content, expected) =>
    expect(missingFields(aContent(content))).toEqual(expected),
  );

  it('2 · early but incomplete: a draft without contact is refused, and its later content is what is filed', () => {
    const incomplete = draftedDeal({ contacts: [] });
    expect(() => submissionOf(fold(deal, incomplete), nobody)).toThrow('contacts');
    const eventId = deriveId('event', 'completed');
    const completed = [
      ...incomplete,
      { type: 'deal-content-revised', data: { content: aContent() }, recorded: { id: eventId } } as const,
    ];
    expect(submissionOf(fold(deal, completed), nobody)).toMatchObject({
      partnerId,
      productLine,
      dealType: 'new',
      amounts: [usd(15_000), usd(60_000)],
    });
    expect(contentToFile(fold(deal, completed))).toEqual(contentRef(eventId, aContent()));
  });

  it('given a term of half a year, then half of the annual value counts', () =>
    expect(firstYearOf({ oneTime: null, annualRecurring: usd(60_001), termMonths: 6 })).toEqual([
      { minorUnits: 3_000_050, currency: 'USD' },
    ]));
});

describe('the hash of the content', () => {
  const sealedAs = (ciphertext: string, commitment = '1'.repeat(64)) =>
    aContent({
      contacts: [{ person: { ...aPerson(), fields: { name: { ciphertext, commitment } } }, consentedOn: null }],
    });

  it.each([1, 2] as const)(
    'given version %i, then the same content in another order has the same, and another content another',
    (version) => {
      const { site, ...rest } = aContent();
      expect(contentHash({ ...rest, site }, version)).toBe(contentHash({ site, ...rest }, version));
      expect(contentHash(aContent({ site: 'Bern' }), version)).not.toBe(contentHash(aContent(), version));
    },
  );

  it('given version 2, then a sealed value counts by its commitment alone, wherever it stands', () => {
    expect(contentHash(sealedAs('YQ'), 2)).toBe(contentHash(sealedAs('Yg'), 2));
    expect(contentHash(sealedAs('YQ', '2'.repeat(64)), 2)).not.toBe(contentHash(sealedAs('YQ'), 2));
    expect(hashedText(aContent(), 2)).not.toContain('ciphertext');
    expect(JSON.parse(hashedText(aContent(), 2))).toMatchObject({
      contacts: [{ person: { fields: { name: '1'.repeat(64) } } }],
      firstTouch: { counterpart: { fields: { name: '1'.repeat(64) } } },
    });
  });

  it('given a filing from before there were versions, then its hash still checks', () => {
    expect(hashVersionOf({})).toBe(1);
    expect(contentHash(aContent(), 1)).toBe('203cc811b250dce5ae068ecb586df963cfa9e4cb918c3ef6d098863200b40407');
  });

  it('given a statement of today, then its name says which version hashed it', () =>
    expect(contentRef(contentEventId, aContent())).toEqual({
      eventId: contentEventId,
      hash: createHash('sha256').update(hashedText(aContent(), 2)).digest('hex'),
      hashVersion: 2,
    }));
});

describe('the submission', () => {
  it('given a draft whose claim stands on a docket, then the deal takes note of it, once', () => {
    given(deal, draftedDeal())
      .when(submitted)
      .then([{ type: 'deal-submitted', data: submission }]);
    given(deal, filedDeal()).when(submitted).thenNothing();
  });

  it('given a revision that came after the content that was filed, then it is void', () => {
    const late = { type: 'deal-content-revised', data: { content: aContent({ site: 'Bern' }) } } as const;
    const [drafted, filed] = filedDeal();
    if (!drafted || !filed) throw new Error('A filed deal was drafted and submitted');
    expect(fold(deal, [drafted, late, filed])).toMatchObject({
      status: 'filed',
      statements: [{ content: aContent() }],
    });
  });

  it('given a filed deal, when its draft is revised, then it is refused', () =>
    given(deal, filedDeal()).when(revise()).thenRefused('DEAL_FILED'));
});

describe('amendments', () => {
  it.each<[string, Partial<DealContent>, ContentField[]]>([
    ['the value', { value: { oneTime: usd(1), annualRecurring: null, termMonths: null } }, ['value']],
    ['the close', { estimatedClose: parseDay('2026-07-01') }, ['estimatedClose']],
    [
      'address and website within the domain',
      { customer: { ...customer, address: 'Basel', website: 'https://shop.contoso.com/about' } },
      ['customer.address', 'customer.website'],
    ],
    ['nothing but one more piece of evidence', { evidence: [aDocument('offer')] }, ['evidence']],
  ])('given an approved claim, when %s changes, then it is amended', (_case, content, changed) =>
    given(deal, filedDeal())
      .when(amend(content), approved)
      .then([{ type: 'deal-amended', data: { content: aContent(content), changed, answers: null } }]),
  );

  it.each<[string, Partial<DealContent>, string]>([
    ['the customer', { customer: { ...customer, legalName: 'Fabrikam' } }, 'FIELD_NOT_AMENDABLE'],
    ['the line', { productLine: 'Router' }, 'FIELD_NOT_AMENDABLE'],
    ['the site', { site: 'Bern' }, 'FIELD_NOT_AMENDABLE'],
    ['the first touch', { firstTouch: { ...aContent().firstTouch, kind: 'call' } }, 'FIELD_NOT_AMENDABLE'],
    ['the website to another domain', { customer: { ...customer, website: 'fabrikam.com' } }, 'WEBSITE_ELSEWHERE'],
    ['a contact', { contacts: [{ person: aPerson('Bob'), consentedOn: null }] }, 'CONTENT_REPLACED'],
    ['the close to nothing', { estimatedClose: null }, 'DEAL_INCOMPLETE'],
  ])('given an approved claim, when %s changes, then it is refused', (_case, content, code) =>
    given(deal, filedDeal()).when(amend(content), approved).thenRefused(code),
  );

  it('4 · bait and switch: while action is required the customer may not change, what was asked may', () => {
    const asked = { rights: { amend: [...whitelist, 'firstTouch' as const], reportStage: false, question: null } };
    const firstTouch = { ...aContent().firstTouch, document: aDocument('invitation') };
    given(deal, filedDeal())
      .when(amend({ firstTouch, customer: { ...customer, legalName: 'Fabrikam' } }), asked)
      .thenRefused('FIELD_NOT_AMENDABLE');
    given(deal, filedDeal())
      .when(amend({ firstTouch }), asked)
      .then([
        { type: 'deal-amended', data: { content: aContent({ firstTouch }), changed: ['firstTouch'], answers: null } },
      ]);
  });

  it('given what shows the first touch, when a question opens it, then it may be replaced, and not taken away', () => {
    const asked = { rights: { amend: [...whitelist, 'firstTouch' as const], reportStage: false, question: null } };
    given(deal, filedDeal())
      .when(amend({ firstTouch: { ...aContent().firstTouch, document: null } }), asked)
      .thenRefused('CONTENT_REPLACED');
  });

  it('given a claim in review, then evidence and contacts may be added, and nothing else changes', () => {
    const grown = { evidence: [aDocument('offer')] };
    given(deal, filedDeal())
      .when(amend(grown), inReview)
      .then([{ type: 'deal-amended', data: { content: aContent(grown), changed: ['evidence'], answers: null } }]);
    given(deal, filedDeal({ evidence: [aDocument('offer')] }))
      .when(amend({ evidence: [] }), inReview)
      .thenRefused('CONTENT_REPLACED');
    given(deal, filedDeal())
      .when(amend({ estimatedClose: parseDay('2026-07-01') }), inReview)
      .thenRefused('FIELD_NOT_AMENDABLE');
  });

  it('given amendments, then what weighs on the docket is what changed since the content that counts there', () => {
    const first = deriveId('event', 'first');
    const second = deriveId('event', 'second');
    const once = aContent({ estimatedClose: parseDay('2026-07-01') });
    const twice = { ...once, evidence: [aDocument('offer')] };
    const state = fold(deal, [
      ...filedDeal(),
      {
        type: 'deal-amended',
        data: { content: once, changed: ['estimatedClose'], answers: null },
        recorded: { id: first },
      },
      {
        type: 'deal-amended',
        data: { content: twice, changed: ['evidence'], answers: null },
        recorded: { id: second },
      },
    ]);
    const content = contentRef(second, twice);
    expect(amendmentSince(state, contentEventId)).toMatchObject({ content, changed: ['estimatedClose', 'evidence'] });
    expect(amendmentSince(state, first)).toMatchObject({ content, changed: ['evidence'] });
    expect(contentToFile(state).eventId).toBe(contentEventId);
    expect(() => amendmentSince(fold(deal, draftedDeal()), contentEventId)).toThrow('no such deal');
  });

  it('given a filed deal, when it is amended to what it says, then nothing happens', () =>
    given(deal, filedDeal()).when(amend(), inReview).thenNothing());

  describe('in answer to the reviewer', () => {
    const asked = { rights: { amend: whitelist, reportStage: false, question: 1 } };
    const answer = (content?: Partial<DealContent>): DealCommand => ({
      type: 'AmendDeal',
      data: { content: aContent(content), answers: 1 },
    });
    const said = { businessProblem: 'Two thirds hardware, one third service' };

    it('given a question, when something new is said, then it is kept as the answer to that question', () =>
      given(deal, filedDeal())
        .when(answer(said), asked)
        .then([{ type: 'deal-amended', data: { content: aContent(said), changed: ['businessProblem'], answers: 1 } }]));

    it('given a question, when nothing new is said, then it is no answer', () =>
      given(deal, filedDeal()).when(answer(), asked).thenRefused('ANSWER_EMPTY'));

    it('given no question, or another one, when it is answered, then it is refused', () => {
      given(deal, filedDeal()).when(answer(said), approved).thenRefused('NO_QUESTION_OPEN');
      given(deal, filedDeal())
        .when(answer(said), { rights: { ...asked.rights, question: 2 } })
        .thenRefused('NO_QUESTION_OPEN');
    });

    it('given a deadline that passed, when the answer comes, then it is refused with what the docket says of it', () => {
      const barred = new Refusal('DEADLINE_PASSED', 'conflict', 'The deadline passed.', { remedy: 'Contest it.' });
      given(deal, filedDeal())
        .when(answer(said), { ...inReview, barred })
        .thenRefused('DEADLINE_PASSED');
      given(deal, endedDeal())
        .when(answer(said), { ...inReview, barred })
        .thenRefused('DEADLINE_PASSED');
    });
  });
});

describe('somebody who was forgotten', () => {
  const ada = new Set([aPerson('Ada').personId]);
  const missing = (content: Partial<DealContent>) => {
    try {
      submissionOf(fold(deal, draftedDeal(content)), ada);
      return [];
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'DEAL_INCOMPLETE')) throw error;
      return error.details.facts?.['missing'];
    }
  };

  it('given a draft that names nobody else, when it is to be filed, then they complete nothing', () =>
    expect(missing({})).toEqual(['contacts (somebody named, with a lawful basis)', 'firstTouch.counterpart']));

  it('given a draft that names others beside them, then it is complete, and its hash is of all that was said', () => {
    const bob = { person: aPerson('Bob'), consentedOn: parseDay('2026-02-20') };
    const { firstTouch, contacts } = aContent();
    const content = { contacts: [...contacts, bob], firstTouch: { ...firstTouch, counterpart: aPerson('Bob') } };
    expect(missing(content)).toEqual([]);
    const hashed = contentRef(contentEventId, aContent(content));
    expect(contentToFile(fold(deal, draftedDeal(content)))).toEqual(hashed);
  });

  it('given a filed deal, then it stays complete', () =>
    expect(submissionOf(fold(deal, filedDeal()), ada).partnerId).toBe(partnerId));
});

describe('discarding a draft', () => {
  const discard: DealCommand = { type: 'DiscardDraft', data: {} };
  const discardedDeal = [...draftedDeal(), { type: 'deal-discarded', data: {} } as const];

  it('given a draft, when it is discarded, then it is given up, once', () => {
    given(deal, draftedDeal())
      .when(discard)
      .then([{ type: 'deal-discarded', data: {} }]);
    given(deal, discardedDeal).when(discard).thenNothing();
  });

  it.each([filedDeal(), endedDeal()])(
    'given a deal that was filed, when it is discarded, then it is refused',
    (...history) => given(deal, history).when(discard).thenRefused('DEAL_FILED'),
  );

  it('given nothing, when it is discarded, then there is no such deal', () =>
    given(deal).when(discard).thenRefused('DEAL_NOT_FOUND'));

  it.each([
    revise({ site: 'Bern' }),
    amend(),
    stage,
    end,
    { type: 'RecordRehearsal', data: { outcome: 'held', reasons: [] } } satisfies DealCommand,
  ])('given a discarded draft, when $type comes, then it is refused', (command) =>
    given(deal, discardedDeal).when(command, approved).thenRefused('DEAL_DISCARDED'),
  );

  it('given a discarded draft, then there is nothing to file', () =>
    expect(() => submissionOf(fold(deal, discardedDeal), nobody)).toThrow('discarded'));

  it('given a filing that came first, when the deal takes note of it after it was discarded, then it stands', () => {
    given(deal, discardedDeal)
      .when(submitted)
      .then([{ type: 'deal-submitted', data: submission }]);
    expect(fold(deal, [...discardedDeal, ...filedDeal().slice(1)]).status).toBe('filed');
  });
});

describe('what is past', () => {
  const past = { estimatedClose: parseDay('2026-03-01') };
  const noon = { now: parseInstant('2026-03-02T12:00:00.000Z') };
  const { estimatedClose } = aContent();
  const whenItIsPast = { now: addDays(startOfDay(parseDay('2026-05-29')), 2) };

  it('given an estimated close on a day that is over everywhere, when it is said, then it is refused', () => {
    given(deal).when(draft(past), noon).thenRefused('DEAL_CONTENT_INVALID');
    given(deal, draftedDeal()).when(revise(past), noon).thenRefused('DEAL_CONTENT_INVALID');
    given(deal, filedDeal())
      .when(amend(past), { ...approved, ...noon })
      .thenRefused('DEAL_CONTENT_INVALID');
    expect(() => deal.decide(draft(past), deal.initialState, { ...noon, actor: '' })).toThrow(
      'estimatedClose: is past',
    );
  });

  it('given a day that still runs in the last zone, when it is said, then it is kept', () =>
    given(deal)
      .when(draft(past), { now: parseInstant('2026-03-02T11:59:59.999Z') })
      .then([{ type: 'deal-drafted', data: { partnerId, content: aContent(past) } }]));

  it('given an estimated close that has passed since it was said, when something else changes, then that may change', () => {
    const changed = { estimatedClose, businessProblem: 'Orders get lost' };
    given(deal, draftedDeal())
      .when(revise(changed), whenItIsPast)
      .then([{ type: 'deal-content-revised', data: { content: aContent(changed) } }]);
    given(deal, filedDeal())
      .when(amend(changed), { ...approved, ...whenItIsPast })
      .then([
        { type: 'deal-amended', data: { content: aContent(changed), changed: ['businessProblem'], answers: null } },
      ]);
  });
});

describe('saying something anew', () => {
  const { customer: before } = aContent();

  it('given a draft, then what is left out stays, null takes back, and a list replaces the one before', () => {
    const change = { customer: { address: null }, ownReference: null, contacts: [] };
    expect(redrafted(aContent(), change)).toEqual(
      aContent({ customer: { ...before, address: null }, ownReference: null, contacts: [] }),
    );
  });

  it('given a filed deal, then contacts and evidence are added to what is there', () => {
    const contact = { person: aPerson('Bob'), consentedOn: null };
    expect(addedTo(aContent(), { contacts: [contact], evidence: [aDocument('offer')] })).toEqual(
      aContent({ contacts: [...aContent().contacts, contact], evidence: [aDocument('offer')] }),
    );
  });
});

describe('rehearsals', () => {
  const rehearsed = { outcome: 'refused', reasons: ['HOUSE_ACCOUNT'] } as const;
  const rehearse: DealCommand = { type: 'RecordRehearsal', data: { ...rehearsed, reasons: [...rehearsed.reasons] } };

  it('given a draft, when its submission is rehearsed, then that it was asked is kept', () =>
    given(deal, draftedDeal())
      .when(rehearse)
      .then([{ type: 'submission-rehearsed', data: { outcome: 'refused', reasons: ['HOUSE_ACCOUNT'] } }]));

  it('given a filed deal, when its submission is rehearsed, then it is refused', () =>
    given(deal, filedDeal()).when(rehearse).thenRefused('DEAL_FILED'));
});

describe('stage and outcome', () => {
  it('given an approved claim, when a stage is reported, then it is kept, once', () => {
    const reached = { type: 'deal-stage-reached', data: { stage: 'proposing' } } as const;
    given(deal, filedDeal()).when(stage, approved).then([reached]);
    given(deal, [...filedDeal(), reached])
      .when(stage, approved)
      .thenNothing();
  });

  it('given a claim that waits for a decision, when a stage is reported, then it is refused', () =>
    given(deal, filedDeal()).when(stage, inReview).thenRefused('STAGE_NOT_OPEN'));

  it('given a filed deal, when its partner says how it ended, then that is kept, once', () => {
    const claimed = { type: 'deal-outcome-claimed', data: loss } as const;
    given(deal, filedDeal()).when(lost).then([claimed]);
    given(deal, [...filedDeal(), claimed])
      .when(lost)
      .thenNothing();
  });

  it('given a loss without a reason, then it is refused; a win needs none', () => {
    const data = { closedOn: parseDay('2026-05-20'), reason: null, evidence: [] };
    given(deal, filedDeal())
      .when({ type: 'ClaimOutcome', data: { ...data, outcome: 'lost' } })
      .thenRefused('OUTCOME_REASON_MISSING');
    given(deal, filedDeal())
      .when({ type: 'ClaimOutcome', data: { ...data, outcome: 'won' } })
      .then([{ type: 'deal-outcome-claimed', data: { ...data, outcome: 'won' } }]);
  });

  it('given a win that the vendor refused, when the same is claimed again, then it is another statement', () => {
    const won = { ...loss, outcome: 'won' as const };
    const claimed = { type: 'deal-outcome-claimed', data: won } as const;
    given(deal, [...filedDeal(), claimed])
      .when({ type: 'ClaimOutcome', data: won }, { refused: true })
      .then([claimed]);
  });

  it('given a win that the docket would not take, then it is refused with the docket’s own words, and not kept', () =>
    given(deal, filedDeal())
      .when(
        { type: 'ClaimOutcome', data: { ...loss, outcome: 'won' } },
        { barred: new Refusal('CLAIM_NOT_HOLDER', 'conflict', 'The claim is queued.', { remedy: 'Wait for it.' }) },
      )
      .thenRefused('CLAIM_NOT_HOLDER'));

  it('given a claim that ended on the docket, then the deal takes note of it, once', () => {
    given(deal, filedDeal())
      .when(end)
      .then([{ type: 'deal-ended', data: { as: 'superseded' } }]);
    given(deal, endedDeal()).when(end).thenNothing();
  });
});

describe('what a deal is not ready for', () => {
  it.each([revise(), submitted, amend(), stage, lost, end])(
    'given nothing, when $type comes, then there is no deal',
    (c) => given(deal).when(c).thenRefused('DEAL_NOT_FOUND'),
  );

  it.each([amend(), stage, lost, end])('given a draft, when $type comes, then it is refused', (c) =>
    given(deal, draftedDeal()).when(c).thenRefused('DEAL_NOT_FILED'),
  );

  it.each([amend(), stage, lost])('given a deal that ended, when $type comes, then it is refused', (c) =>
    given(deal, endedDeal()).when(c).thenRefused('DEAL_ENDED'),
  );
});
