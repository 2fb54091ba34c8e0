import { addDays, deriveId, parseDay, Refusal } from '@tempore/kernel';
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
  type Happened,
  legacyDeal,
  NOW,
  productLine,
  recordedLegacyDeal,
} from '@tempore/testing';

import {
  amendmentSince,
  type ContentField,
  contentFields,
  contentRef,
  deal,
  type DealCommand,
  type DealContent,
  type DealEvent,
  dealContentSchema,
  emptyContent,
  legacyDealId,
  type PartnerRights,
  submissionOf,
} from '.';

const { partnerId } = aStanding('northwind');
const nobody: ReadonlySet<string> = new Set();
const everything: { rights: PartnerRights } = { rights: { amend: contentFields, reportStage: true, question: null } };

const draft = (content: DealContent): DealCommand => ({ type: 'DraftDeal', data: { partnerId, content } });
const amend = (content: Partial<DealContent>): DealCommand => ({
  type: 'AmendDeal',
  data: { content: aContent(content), answers: null },
});
const amended = (content: Partial<DealContent>, changed: ContentField[]): DealEvent => ({
  type: 'deal-amended',
  data: { content: aContent(content), changed, answers: null },
});
const submission = {
  docketId: deriveId('docket', accountId, productLine),
  accountId,
  content: contentRef(contentEventId, aContent()),
};
const submitted = (data: Partial<typeof submission> = {}): DealEvent => ({
  type: 'deal-submitted',
  data: { ...submission, ...data },
});

const { customer, firstTouch } = aContent();
const ada = { person: aPerson('Ada'), consentedOn: parseDay('2026-02-20') };
const grace = { person: aPerson('Grace'), consentedOn: null, basis: 'contract' as const };

describe('the field that a refusal names', () => {
  const problem = (field: string, message: string) => ({ facts: { problems: [{ field, message }] } });
  const unseen = '\u200b';
  const fault = 'must hold a letter or a digit';

  it.each<[string, Partial<DealContent>]>([
    ['customer.legalName', { customer: { ...customer, legalName: unseen } }],
    ['customer.domain', { customer: { ...customer, domain: unseen } }],
    ['customer.registryNumber', { customer: { ...customer, registryNumber: unseen } }],
    ['customer.website', { customer: { ...customer, website: unseen } }],
    ['customer.address', { customer: { ...customer, address: unseen } }],
    ['purchaser.legalName', { purchaser: { legalName: unseen, country: null } }],
    ['productLine', { productLine: unseen }],
    ['site', { site: unseen }],
    ['projectReference', { projectReference: unseen }],
    ['ownReference', { ownReference: unseen }],
    ['businessProblem', { businessProblem: unseen }],
  ])('given a %s that nobody can read, then it is that one, and it is said what is wrong', (field, content) => {
    given(deal)
      .when(draft(aContent(content)))
      .thenRefused('DEAL_CONTENT_INVALID', problem(field, fault));
    // As it was said before, it is let be.
    given(deal, filedDeal(content))
      .when(amend({ ...content, evidence: [aDocument()] }), everything)
      .then([amended({ ...content, evidence: [aDocument()] }, ['evidence'])]);
  });

  it.each<[string, string, Partial<DealContent>]>([
    ['firstTouch.at', 'has not come yet', { firstTouch: { ...firstTouch, at: addDays(NOW, 1) } }],
    [
      'contacts.1.consentedOn',
      'has not come yet',
      { contacts: [ada, { ...ada, consentedOn: parseDay('2026-03-04') }] },
    ],
    [
      'contacts.1.consentedOn',
      'goes with the basis consent, and not with contract',
      { contacts: [ada, { ...grace, consentedOn: parseDay('2026-02-20') }] },
    ],
    ['estimatedClose', 'is past', { estimatedClose: parseDay('2026-02-20') }],
  ])('given a %s that %s, then it is that one', (field, message, content) =>
    given(deal)
      .when(draft(aContent(content)))
      .thenRefused('DEAL_CONTENT_INVALID', problem(field, message)),
  );

  it.each<[string, Partial<DealContent>]>([
    ['a consent of today', { contacts: [{ ...ada, basis: 'consent', consentedOn: parseDay('2026-03-02') }] }],
    ['a basis that needs no day', { contacts: [grace] }],
    ['a first touch of this very instant', { firstTouch: { ...firstTouch, at: NOW } }],
    ['a purchaser', { purchaser: { legalName: 'Contoso Purchasing', country: 'DE' } }],
  ])('given %s, then nothing is wrong with it', (_what, content) =>
    given(deal)
      .when(draft(aContent(content)))
      .then([{ type: 'deal-drafted', data: { partnerId, content: aContent(content) } }]),
  );

  it.each(['DEU', 'xDE', 'de'])('given %j, then it is no country', (country) => {
    const faulty = [{ customer: { ...customer, country } }, { purchaser: { legalName: 'Contoso', country } }];
    expect(faulty.map((content) => dealContentSchema.safeParse(aContent(content)).success)).toEqual([false, false]);
  });

  it('given a hash that is longer, or has something around it, then it is none', () => {
    const document = aDocument();
    const withHash = (hash: string) =>
      dealContentSchema.safeParse(aContent({ evidence: [{ ...document, hash }] })).success;
    expect(withHash(document.hash)).toBe(true);
    expect([`${document.hash}0`, `x${document.hash}`].map(withHash)).toEqual([false, false]);
  });
});

describe('what was filed', () => {
  const filedWith = { contacts: [ada, grace], evidence: [aDocument('a'), aDocument('b')] };

  it.each<[string, Partial<DealContent>, readonly string[]]>([
    ['the first contact', { ...filedWith, contacts: [grace] }, ['contacts']],
    ['the last contact', { ...filedWith, contacts: [ada] }, ['contacts']],
    ['a contact’s day of consent', { ...filedWith, contacts: [{ ...ada, consentedOn: null }, grace] }, ['contacts']],
    ['a piece of evidence', { ...filedWith, evidence: [aDocument('b')] }, ['evidence']],
    ['both', { contacts: [ada], evidence: [] }, ['contacts', 'evidence']],
    [
      'what shows the first touch',
      { ...filedWith, firstTouch: { ...firstTouch, document: null } },
      ['firstTouch.document'],
    ],
  ])('given an amendment that takes away %s, then it is refused by name', (_what, content, fields) =>
    given(deal, filedDeal(filedWith))
      .when(amend(content), everything)
      .thenRefused('CONTENT_REPLACED', { facts: { fields } }),
  );

  it('given no document at first, when the first touch is told otherwise, then nothing is taken away', () => {
    const before = { firstTouch: { ...firstTouch, document: null } };
    const after = { firstTouch: { ...firstTouch, document: null, kind: 'call' as const } };
    given(deal, filedDeal(before))
      .when(amend(after), everything)
      .then([amended(after, ['firstTouch'])]);
  });

  it.each<[string, Partial<DealContent['customer']>, string | null, string | null]>([
    ['another domain', {}, 'https://contoso.de', 'contoso.com'],
    ['a neighbour on a shared host', { domain: 'contoso.github.io' }, 'https://other.github.io', 'contoso.github.io'],
    ['the domain of the first website', { domain: null }, 'https://other.com', 'contoso.com'],
  ])(
    'given a customer, when its website becomes %s, then that is another customer',
    (_what, known, website, domain) => {
      const before = { customer: { ...customer, ...known } };
      given(deal, filedDeal(before))
        .when(amend({ customer: { ...before.customer, website } }), everything)
        .thenRefused('WEBSITE_ELSEWHERE', { facts: { domain } });
    },
  );

  it.each<[string, Partial<DealContent['customer']>, string | null]>([
    ['a page of it', {}, 'https://shop.contoso.com'],
    ['none', {}, null],
    ['any where it has no domain', { domain: null, website: null, registryNumber: 'CHE-1' }, 'https://contoso.de'],
    ['its own host on a shared one', { domain: 'contoso.github.io' }, 'https://www.contoso.github.io'],
  ])('given a customer, when its website becomes %s, then that is amended', (_what, known, website) => {
    const before = { customer: { ...customer, ...known } };
    const after = { customer: { ...before.customer, website } };
    given(deal, filedDeal(before))
      .when(amend(after), everything)
      .then([amended(after, ['customer.website'])]);
  });

  it('given a website elsewhere from before the rule, when something else is amended, then it is let be', () => {
    const before = { customer: { ...customer, website: 'https://contoso.de' } };
    given(deal, filedDeal(before))
      .when(amend({ ...before, businessProblem: 'Slow' }), everything)
      .then([amended({ ...before, businessProblem: 'Slow' }, ['businessProblem'])]);
  });
});

describe('what is laid before the docket', () => {
  it.each([
    ['with a document', aDocument(), true],
    ['without one', null, false],
  ])('given a first touch %s, then filing and amendment say so', (_what, document, documented) => {
    const content = { firstTouch: { ...firstTouch, document } };
    const state = fold(deal, [...filedDeal(content), amended({ ...content, site: 'Bern' }, ['site'])]);
    expect(submissionOf(state, nobody)).toMatchObject({ documented, kind: null });
    expect(amendmentSince(state, contentEventId)).toMatchObject({ documented, kind: null, changed: ['site'] });
  });

  it('given what is no deal, or none that says so, then there is none', () => {
    const refusalOf = (work: () => unknown) => {
      try {
        return work();
      } catch (error) {
        return error instanceof Refusal ? [error.code, error.kind] : error;
      }
    };
    const none = ['DEAL_NOT_FOUND', 'not-found'];
    expect(refusalOf(() => submissionOf(deal.initialState, nobody))).toEqual(none);
    expect(refusalOf(() => submissionOf(fold(deal, recordedLegacyDeal()), nobody))).toEqual(none);
    expect(refusalOf(() => amendmentSince(fold(deal, filedDeal()), 'unheard-of'))).toEqual(none);
  });

  it('given two versions of the draft, then the one that was filed is what counts, else what was said last', () => {
    const second: Happened<DealEvent> = {
      type: 'deal-content-revised',
      data: { content: aContent({ site: 'Bern' }) },
      recorded: { id: 'second' },
    };
    const filedAs = (eventId: string) => submitted({ content: { eventId, hash: '0'.repeat(64) } });
    const contentOf = (eventId: string) =>
      submissionOf(fold(deal, [...draftedDeal(), second, filedAs(eventId)]), nobody).site;
    expect([contentOf('second'), contentOf(contentEventId), contentOf('unheard-of')]).toEqual(['Bern', null, 'Bern']);
  });
});

describe('who acted for the partner', () => {
  it('given several, then each is a party once, and whoever only took note of the docket is none', () => {
    const by = (actor: string, event: Happened<DealEvent>) => ({ ...event, recorded: { ...event.recorded, actor } });
    const state = fold(deal, [
      ...draftedDeal().map((event) => by('ada', event)),
      by('the process', submitted()),
      by('grace', amended({ site: 'Bern' }, ['site'])),
      by('ada', amended({ site: 'Basel' }, ['site'])),
    ]);
    expect(state).toMatchObject({ actors: ['ada', 'grace'] });
  });
});

describe('refusals of deals', () => {
  it('given a deal that is registered here, when a legacy deal comes under its id, then it is refused', () =>
    given(deal, draftedDeal()).when({ type: 'RecordLegacyDeal', data: legacyDeal() }).thenRefused('DEAL_EXISTS'));

  it('given a legacy deal that comes otherwise, then the fields are named', () =>
    given(deal, recordedLegacyDeal())
      .when({
        type: 'RecordLegacyDeal',
        data: legacyDeal({ stage: 'lost' }),
      })
      .thenRefused('LEGACY_DEAL_DIFFERS', { facts: { differing: ['stage'] } }));

  it('given a deal on a docket, when it is said to stand on another, then it is refused', () => {
    const elsewhere = { ...submission, docketId: deriveId('docket', 'another') };
    for (const history of [filedDeal(), endedDeal()])
      given(deal, history)
        .when({ type: 'RecordSubmission', data: elsewhere })
        .thenRefused('DEAL_FILED_ELSEWHERE', { facts: { docketId: submission.docketId } });
  });

  it.each<DealCommand>([
    { type: 'ReviseDeal', data: { change: {} } },
    { type: 'DiscardDraft', data: {} },
    { type: 'RecordRehearsal', data: { outcome: 'held', reasons: [] } },
    { type: 'RecordSubmission', data: submission },
    { type: 'ReportStage', data: { stage: 'proposing' } },
    { type: 'EndDeal', data: { as: 'won' } },
  ])('given no deal that is registered here, when $type comes, then there is none', (command) => {
    given(deal).when(command).thenRefused('DEAL_NOT_FOUND');
    given(deal, recordedLegacyDeal()).when(command).thenRefused('DEAL_NOT_FOUND');
  });

  it('given a deal that has ended, when it ends otherwise, then it is refused, and told how it ended', () =>
    given(deal, endedDeal())
      .when({ type: 'EndDeal', data: { as: 'won' } })
      .thenRefused('DEAL_ENDED', { facts: { as: 'superseded' } }));

  it('given a draft of one partner, when another drafts the same under its id, then it is refused', () =>
    given(deal, draftedDeal())
      .when({ type: 'DraftDeal', data: { partnerId: aStanding('fabrikam').partnerId, content: aContent() } })
      .thenRefused('DEAL_EXISTS'));

  it('given a question that was answered, when the very answer comes again, then nothing happens; to another, it is refused', () => {
    const answering: { rights: PartnerRights } = { rights: { amend: contentFields, reportStage: false, question: 1 } };
    const answerGiven: DealEvent = {
      type: 'deal-amended',
      data: { content: aContent({ site: 'Bern' }), changed: ['site'], answers: 1 },
    };
    const answered = [...filedDeal(), answerGiven];
    const answer = (answers: number, site: string): DealCommand => ({
      type: 'AmendDeal',
      data: { content: aContent({ site }), answers },
    });
    given(deal, answered).when(answer(1, 'Bern'), answering).thenNothing();
    given(deal, answered).when(answer(2, 'Basel'), answering).thenRefused('NO_QUESTION_OPEN');
    given(deal, filedDeal()).when(answer(1, 'Bern'), answering).then([answerGiven]);
    given(deal, answered)
      .when(answer(1, 'Basel'), { rights: { ...answering.rights, question: null } })
      .thenRefused('NO_QUESTION_OPEN');
  });
});

it('given a deal of another system, then its id is made of that system and its reference, for ever', () => {
  expect(legacyDealId({ system: 'crm', reference: '1' })).toBe(deriveId('deal', 'crm', '1'));
  expect(legacyDealId({ system: 'crm', reference: '2' })).not.toBe(legacyDealId({ system: 'crm', reference: '1' }));
});

it('given a deal of which nothing was said, then nothing stands there', () => {
  expect(dealContentSchema.parse(emptyContent)).toEqual(emptyContent);
  expect([emptyContent.contacts, emptyContent.evidence]).toEqual([[], []]);
});
