import { deriveId, parseInstant } from '@tempore/kernel';
import { anOpening, fold, given, openedAccount } from '@tempore/testing';

import {
  account,
  type AccountCommand,
  type AccountEvent,
  type AccountOpening,
  domainKey,
  nameAt,
  registryKey,
} from '.';

const may = parseInstant('2024-05-01T00:00:00.000Z');
const june = parseInstant('2024-06-01T00:00:00.000Z');

const open = (opening?: Partial<AccountOpening>): AccountCommand => ({ type: 'OpenAccount', data: anOpening(opening) });
const alias = (validUntil: typeof june | null = june): AccountCommand => ({
  type: 'AddAccountAlias',
  data: { name: 'Contoso Schweiz', validFrom: may, validUntil },
});
const rename = (name: string, validFrom = june): AccountCommand => ({
  type: 'RenameAccount',
  data: { name, validFrom },
});
const renamed = (name: string, validFrom = june): AccountEvent => ({
  type: 'account-renamed',
  data: { name, validFrom },
});
const registry = registryKey('CH', 'CHE-109.322.551');

describe('opening', () => {
  it('given nothing, when an account is opened, then all that is known of the customer is kept', () =>
    given(account).when(open()).then(openedAccount()));

  it('given nothing, when keys come twice and in any order, then each is kept once, in the order of claiming', () => {
    const domain = { kind: 'domain', value: 'contoso.com' } as const;
    given(account)
      .when(open({ keys: [registry, domain, registry] }))
      .then(openedAccount({ keys: [domain, registry] }));
  });

  it('given nothing, when an import opens a customer without keys, then source and name are its identity', () => {
    const imported = { keys: [], country: null, source: { system: 'crm', name: 'Contoso' } };
    given(account).when(open(imported)).then(openedAccount(imported));
  });

  it('given an account, when it is opened again, then nothing happens', () =>
    given(account, openedAccount()).when(open()).thenNothing());

  it.each([
    ['with neither key nor source', { keys: [] }, 'ACCOUNT_WITHOUT_IDENTITY'],
    ['in a country that does not exist', { country: 'XX' }, 'COUNTRY_UNKNOWN'],
    ['without a name', { legalName: ' ' }, 'ACCOUNT_NAME_MISSING'],
    ['with a name that nobody sees', { legalName: '\u200b\u3164' }, 'ACCOUNT_NAME_MISSING'],
    ['with a control character in its name', { legalName: 'Con\u0007toso' }, 'ACCOUNT_NAME_MISSING'],
  ])('given nothing, when an account is opened %s, then it is refused', (_case, opening, code) =>
    given(account).when(open(opening)).thenRefused(code),
  );

  it('given an account, when it is opened with other particulars, then it is refused', () =>
    given(account, openedAccount())
      .when(open({ legalName: 'Fabrikam' }))
      .thenRefused('ACCOUNT_EXISTS'));
});

describe('names', () => {
  it('given an account, when an alias is added, then it is kept with its period', () =>
    given(account, openedAccount())
      .when(alias())
      .then([{ type: 'account-alias-added', data: { name: 'Contoso Schweiz', validFrom: may, validUntil: june } }]));

  it('given an alias, when it is added again, then nothing happens', () =>
    given(account, [
      ...openedAccount(),
      { type: 'account-alias-added', data: { name: 'Contoso Schweiz', validFrom: may, validUntil: null } },
    ])
      .when(alias(null))
      .thenNothing());

  it('given an account, when an alias ends before it begins, then it is refused', () =>
    given(account, openedAccount()).when(alias(may)).thenRefused('ALIAS_PERIOD_EMPTY'));

  it('given an account, when it is renamed, then the new name has a beginning', () =>
    given(account, openedAccount())
      .when(rename(' Contoso Holding AG '))
      .then([renamed('Contoso Holding AG')]));

  it('given a renamed account, when it is renamed to what it was called then, then nothing happens', () => {
    given(account, [...openedAccount(), renamed('Contoso Holding AG')])
      .when(rename('Contoso Holding AG'))
      .thenNothing();
    given(account, [...openedAccount(), renamed('Contoso Holding AG')])
      .when(rename('Contoso AG', may))
      .thenNothing();
  });

  it('given a renamed account, when a name is to begin before the one of today, then it is refused', () =>
    given(account, [...openedAccount(), renamed('Contoso Holding AG')])
      .when(rename('Contoso SA', may))
      .thenRefused('RENAME_TOO_EARLY'));

  it('given renames, the name at an instant is the one that was valid then', () => {
    const state = fold(account, [...openedAccount(), renamed('Contoso SA', may), renamed('Contoso Holding AG', june)]);
    if (state.status !== 'open') throw new Error('the account is open');
    const before = parseInstant('2024-04-30T23:59:59.999Z');
    expect([before, may, june].map((at) => nameAt(state, at))).toEqual([
      'Contoso AG',
      'Contoso SA',
      'Contoso Holding AG',
    ]);
  });
});

describe('keys', () => {
  it('given an account, when a key is added, then it is kept, and once', () => {
    const add: AccountCommand = { type: 'AddAccountKey', data: { key: registry } };
    const added: AccountEvent = { type: 'account-key-added', data: { key: registry } };
    given(account, openedAccount()).when(add).then([added]);
    given(account, [...openedAccount(), added])
      .when(add)
      .thenNothing();
  });

  it('given a filing whose domain names another customer, then that is kept, and once', () => {
    const data = {
      dealId: deriveId('deal', '1'),
      key: domainKey('fabrikam.com'),
      otherId: deriveId('account', 'fabrikam'),
    };
    const note: AccountCommand = { type: 'NoteKeyConflict', data };
    const found: AccountEvent = { type: 'account-key-conflict-found', data };
    given(account, openedAccount()).when(note).then([found]);
    given(account, [...openedAccount(), found])
      .when(note)
      .thenNothing();
  });

  it.each([alias(), rename('Fabrikam')])('given nothing, when $type comes, then there is no account', (command) =>
    given(account).when(command).thenRefused('ACCOUNT_NOT_FOUND'),
  );
});
