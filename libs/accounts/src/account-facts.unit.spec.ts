import { addDays, deriveId, type Instant } from '@tempore/kernel';
import { ACTOR, fold, given, lineCalled, NOW, openedAccount } from '@tempore/testing';

import {
  account,
  type AccountChange,
  type AccountCommand,
  type AccountEvent,
  type CustomerTerm,
  factsOfLine,
  type RenewalLetter,
} from '.';

const colleague = deriveId('actor', 'colleague');
const northwind = deriveId('partner', 'northwind');
const fabrikam = deriveId('partner', 'fabrikam');
const proposalId = deriveId('proposal', '1');
const reason = 'Agreed with sales';

const house: AccountChange = { of: 'house', house: true };
const noHouse: AccountChange = { of: 'house', house: false };
const territory = (country: string | null): AccountChange => ({ of: 'territory', country });
const propose = (change: AccountChange): AccountCommand => ({
  type: 'ProposeAccountChange',
  data: { proposalId, change, reason },
});
const proposed = (change: AccountChange): AccountEvent => ({
  type: 'account-change-proposed',
  data: { proposalId, change, reason },
});
const adopt: AccountCommand = { type: 'AdoptAccountChange', data: { proposalId } };
const adopted = (change: AccountChange): AccountEvent => ({
  type: 'account-change-adopted',
  data: { proposalId, change, reason, proposedBy: ACTOR },
});
const withdraw: AccountCommand = { type: 'WithdrawAccountChange', data: { proposalId, reason } };
const withdrawn: AccountEvent = { type: 'account-change-withdrawn', data: { proposalId, reason } };

const term = (content: Partial<CustomerTerm> = {}): CustomerTerm => ({
  termId: deriveId('term', '1'),
  productLine: 'Gateway',
  from: addDays(NOW, -365),
  until: addDays(NOW, 100),
  partnerOfRecord: northwind,
  reason,
  ...content,
});
const recordTerm = (content?: Partial<CustomerTerm>): AccountCommand => ({
  type: 'RecordCustomer',
  data: term(content),
});
const recordedTerm = (content?: Partial<CustomerTerm>): AccountEvent => ({
  type: 'account-customer-recorded',
  data: term(content),
});
const withdrawnTerm: AccountEvent = { type: 'account-customer-withdrawn', data: { termId: term().termId, reason } };

const letter = (content: Partial<RenewalLetter> = {}): RenewalLetter => ({
  letterId: deriveId('letter', '1'),
  productLine: 'Gateway',
  partner: fabrikam,
  documentId: null,
  reason,
  ...content,
});
const verify = (content?: Partial<RenewalLetter>): AccountCommand => ({ type: 'VerifyLetter', data: letter(content) });
const verified = (content?: Partial<RenewalLetter>): AccountEvent => ({
  type: 'account-letter-verified',
  data: letter(content),
});
const withdrawnLetter: AccountEvent = {
  type: 'account-letter-withdrawn',
  data: { letterId: letter().letterId, reason },
};

/** What a filing for the line is told of the customer; facts carry the event that recorded them. */
const facts = (history: readonly AccountEvent[], at: Instant = NOW, productLine = 'Gateway') => {
  const state = fold(account, [...openedAccount(), ...history]);
  if (state.status !== 'open') throw new Error('the account is open');
  return factsOfLine(state, lineCalled(productLine), at);
};
const eventId = (index: number): string => deriveId('event', (openedAccount().length + index).toString());

describe('what takes two people', () => {
  it.each([house, territory('AT')])('given an account, when its $of is to change, then it is proposed', (change) =>
    given(account, openedAccount())
      .when(propose(change))
      .then([proposed(change)]),
  );

  it.each<[string, AccountEvent[], AccountChange]>([
    ['a house account is proposed as one', [adopted(house)], house],
    ['any other as none', [], noHouse],
    ['the territory that it has', [adopted(territory('AT'))], territory('at')],
    ['its own country, which decides already', [], territory(null)],
  ])('given an account, when %s, then it is refused: nothing would change', (_what, history, change) =>
    given(account, [...openedAccount(), ...history])
      .when({ type: 'ProposeAccountChange', data: { proposalId: deriveId('proposal', '2'), change, reason } })
      .thenRefused('PROPOSAL_CHANGES_NOTHING'),
  );

  it('given a proposal, when its author adopts it, then it is refused', () =>
    given(account, [...openedAccount(), proposed(house)])
      .when(adopt)
      .thenRefused('SECOND_PERSON_NEEDED'));

  it('given a proposal, when a second person adopts it, then the change says who proposed it, and why', () =>
    given(account, [...openedAccount(), proposed(house)])
      .when(adopt, { actor: colleague })
      .then([adopted(house)]));

  it('given an adopted change, when it is adopted again, then nothing happens; when withdrawn, it is refused', () => {
    const history = [...openedAccount(), proposed(house), adopted(house)];
    given(account, history).when(adopt).thenNothing();
    given(account, history).when(withdraw).thenRefused('PROPOSAL_ADOPTED');
  });

  it('given a proposal, when it is withdrawn, then nobody adopts it any more', () => {
    given(account, [...openedAccount(), proposed(house)])
      .when(withdraw)
      .then([withdrawn]);
    given(account, [...openedAccount(), proposed(house), withdrawn])
      .when(adopt, { actor: colleague })
      .thenRefused('PROPOSAL_WITHDRAWN');
  });

  it('given an account, when a territory is proposed in any spelling, then it is in normal form', () =>
    given(account, openedAccount())
      .when(propose(territory('at')))
      .then([proposed(territory('AT'))]));

  it('given an account, when a territory is proposed that does not exist, then it is refused', () =>
    given(account, openedAccount())
      .when(propose(territory('XX')))
      .thenRefused('COUNTRY_UNKNOWN'));

  it('given an adoption, the customer is a house account by that event, until another ends it', () => {
    expect(facts([proposed(house)]).house).toBeNull();
    expect(facts([adopted(house)]).house).toEqual({ eventId: eventId(0) });
    expect(facts([adopted(house), adopted(house)]).house).toEqual({ eventId: eventId(0) });
    expect(facts([adopted(house), adopted(noHouse)]).house).toBeNull();
  });

  it('given no territory of its own, that of the customer counts', () => {
    expect(facts([]).territory).toBe('CH');
    expect(facts([adopted(territory('AT'))]).territory).toBe('AT');
    expect(facts([adopted(territory('AT')), adopted(territory(null))]).territory).toBe('CH');
  });
});

describe('the customer of a line', () => {
  it('given an account, when a term is recorded, then it is kept, and once', () => {
    given(account, openedAccount())
      .when(recordTerm({ productLine: ' Gateway ' }))
      .then([recordedTerm()]);
    given(account, [...openedAccount(), recordedTerm()])
      .when(recordTerm())
      .thenNothing();
  });

  it.each([
    ['that ends when it begins', { until: term().from }, 'TERM_EMPTY'],
    ['without a line', { productLine: '' }, 'LINE_MISSING'],
    ['for a line with a tab in its name', { productLine: 'GTX\tPro' }, 'LINE_MISSING'],
    ['without a reason', { reason: '' }, 'REASON_MISSING'],
  ] satisfies [string, Partial<CustomerTerm>, string][])(
    'given an account, when a term is recorded %s, then it is refused',
    (_case, content, code) => given(account, openedAccount()).when(recordTerm(content)).thenRefused(code),
  );

  it('given a term, when it is recorded with other content, then it is refused', () =>
    given(account, [...openedAccount(), recordedTerm()])
      .when(recordTerm({ until: null }))
      .thenRefused('FACT_EXISTS'));

  it('given a term, when it is withdrawn, then that is kept, and once', () => {
    const command: AccountCommand = { type: 'WithdrawCustomer', data: { termId: term().termId, reason } };
    given(account, [...openedAccount(), recordedTerm()])
      .when(command)
      .then([withdrawnTerm]);
    given(account, [...openedAccount(), recordedTerm(), withdrawnTerm])
      .when(command)
      .thenNothing();
    given(account, openedAccount()).when(command).thenRefused('TERM_NOT_FOUND');
  });

  it('given a term that runs and a later one that is over, then the one that runs counts', () => {
    const open = recordedTerm({ termId: deriveId('term', '2'), until: null });
    const over = recordedTerm({ termId: deriveId('term', '3'), from: addDays(NOW, 1), until: addDays(NOW, 10) });
    expect(facts([open, over], addDays(NOW, 5)).customerOfLine?.eventId).toBe(eventId(1));
    expect(facts([open, over], addDays(NOW, 10)).customerOfLine?.eventId).toBe(eventId(0));
  });

  it('given terms, the latest of the line that has begun counts, over or not', () => {
    const next = recordedTerm({ termId: deriveId('term', '2'), from: addDays(NOW, 100), until: null });
    const other = recordedTerm({ termId: deriveId('term', '3'), productLine: 'Analytics', from: NOW });
    const { from, until, partnerOfRecord } = term();
    expect(facts([recordedTerm(), next, other]).customerOfLine).toEqual({
      from,
      until,
      partnerOfRecord,
      eventId: eventId(0),
    });
    expect(facts([next, recordedTerm(), other], addDays(NOW, 100)).customerOfLine?.eventId).toBe(eventId(0));
    expect(facts([recordedTerm()], addDays(NOW, 500)).customerOfLine?.eventId).toBe(eventId(0));
    expect(facts([recordedTerm()], NOW, 'GATEWAY').customerOfLine?.eventId).toBe(eventId(0));
    expect(facts([next]).customerOfLine).toBeNull();
    expect(facts([recordedTerm(), withdrawnTerm]).customerOfLine).toBeNull();
  });
});

describe('letters', () => {
  it('given an account, when a letter is verified, then it is kept, and once', () => {
    given(account, openedAccount()).when(verify()).then([verified()]);
    given(account, [...openedAccount(), verified()])
      .when(verify())
      .thenNothing();
    given(account, [...openedAccount(), verified()])
      .when(verify({ partner: northwind }))
      .thenRefused('FACT_EXISTS');
  });

  it('given a letter, when it is withdrawn, then that is kept, and once', () => {
    const command: AccountCommand = { type: 'WithdrawLetter', data: { letterId: letter().letterId, reason } };
    given(account, [...openedAccount(), verified()])
      .when(command)
      .then([withdrawnLetter]);
    given(account, [...openedAccount(), verified(), withdrawnLetter])
      .when(command)
      .thenNothing();
    given(account, openedAccount()).when(command).thenRefused('LETTER_NOT_FOUND');
  });

  it('given letters, the latest of the line counts', () => {
    const second = verified({ letterId: deriveId('letter', '2'), partner: northwind });
    const other = verified({ letterId: deriveId('letter', '3'), productLine: 'Analytics' });
    expect(facts([verified(), other]).renewalLetter).toEqual({ partnerId: fabrikam, eventId: eventId(0) });
    expect(facts([verified(), second]).renewalLetter).toEqual({ partnerId: northwind, eventId: eventId(1) });
    expect(facts([verified(), withdrawnLetter]).renewalLetter).toBeNull();
  });
});

describe('parents', () => {
  const parentId = deriveId('account', 'holding');
  const accountId = deriveId('account', 'contoso');
  const link = (to = parentId, ancestors: readonly string[] = [to]): AccountCommand => ({
    type: 'LinkParent',
    data: { accountId, parentId: to, ancestors, reason },
  });
  const unlink: AccountCommand = { type: 'UnlinkParent', data: { reason } };
  const linked: AccountEvent = { type: 'account-parent-linked', data: { parentId, reason } };

  it('given an account, when it is linked to its parent, then that is kept, and once', () => {
    given(account, openedAccount()).when(link()).then([linked]);
    given(account, [...openedAccount(), linked])
      .when(link())
      .thenNothing();
  });

  it('given an account, when it is linked to itself, then it is refused', () =>
    given(account, openedAccount()).when(link(accountId)).thenRefused('PARENT_IS_SELF'));

  it('given a customer that belongs to this one over others, when it is to be the parent, then it is refused: nobody is their own ancestor', () => {
    const circle = [parentId, deriveId('account', 'between'), accountId];
    given(account, openedAccount()).when(link(parentId, circle)).thenRefused('PARENT_IN_CIRCLE');
  });

  it('given a parent, when the link ends, then that is kept, and once', () => {
    given(account, [...openedAccount(), linked])
      .when(unlink)
      .then([{ type: 'account-parent-unlinked', data: { reason } }]);
    given(account, openedAccount()).when(unlink).thenNothing();
  });
});

it.each([propose(house), adopt, withdraw, recordTerm(), verify()])(
  'given nothing, when $type comes, then there is no account',
  (command) => given(account).when(command).thenRefused('ACCOUNT_NOT_FOUND'),
);
