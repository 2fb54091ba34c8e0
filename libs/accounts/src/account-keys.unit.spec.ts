import { deriveId, Refusal } from '@tempore/kernel';

import { accountKeyId, domainKey, importedAccountId, inClaimOrder, registryKey } from '.';

const codeOf = (make: () => unknown): unknown => {
  try {
    return make();
  } catch (error) {
    return error instanceof Refusal ? error.code : error;
  }
};

describe('the domain of a customer', () => {
  it.each([
    ['contoso.com', 'contoso.com'],
    [' HTTPS://www.Contoso.com:8080/about?x=1 ', 'contoso.com'],
    ['somebody@mail.contoso.co.uk', 'contoso.co.uk'],
    ['contoso.github.io', 'contoso.github.io'],
    ['docs.contoso.github.io', 'contoso.github.io'],
    ['www.büro.de', 'xn--bro-hoa.de'],
    ['xn--bro-hoa.de', 'xn--bro-hoa.de'],
  ])('given %p, it is %s', (address, value) => expect(domainKey(address)).toEqual({ kind: 'domain', value }));

  it.each(['', 'contoso', 'co.uk', 'github.io', '192.0.2.1', '[2001:db8::1]', 'con toso'])(
    'given %p, there is none',
    (address) => expect(codeOf(() => domainKey(address))).toBe('DOMAIN_INVALID'),
  );

  it.each(['gmail.com', 'somebody@yahoo.co.uk', 'https://www.gmx.de'])(
    'given %p, which is open to everybody, it identifies nobody',
    (address) => expect(codeOf(() => domainKey(address))).toBe('DOMAIN_IS_FREE_MAIL'),
  );
});

describe('the registry number of a customer', () => {
  it.each(['HRB 12345', 'hrb-12345', ' HRB\u00a012.345 ', 'ＨＲＢ１２３４５'])(
    'given %p, case, spaces and punctuation do not count',
    (number) => expect(registryKey('de', number)).toEqual({ kind: 'registry', value: 'DE:HRB12345' }),
  );

  it('given the same number in two countries, there are two keys', () =>
    expect(registryKey('AT', '12345')).not.toEqual(registryKey('DE', '12345')));

  it.each(['', '-', 'n/a'])('given %p, there is none', (number) =>
    expect(codeOf(() => registryKey('DE', number))).toBe('REGISTRY_NUMBER_INVALID'),
  );

  it('given a country that does not exist, there is none', () =>
    expect(codeOf(() => registryKey('XX', '12345'))).toBe('COUNTRY_UNKNOWN'));
});

it('given keys in any order, they are claimed in one', () => {
  const [a, b, c] = [domainKey('a.com'), domainKey('b.com'), registryKey('DE', '1')];
  expect(inClaimOrder([c, b, a, b])).toEqual([a, b, c]);
});

it('given a key, the id of its stream is the SHA-256 of its kind and value', () =>
  expect(accountKeyId(domainKey('contoso.com'))).toBe(
    '31d0930afe20ebd96133270cb8513a76dec759a5da524b152ae01cbdbd7fd60a',
  ));

it('given keys in any order, more than once, then they are claimed in one order, each once', () => {
  const [a, b, c] = [domainKey('adatum.com'), domainKey('contoso.com'), registryKey('CH', '1')];
  const order = inClaimOrder([a, b, c]);
  for (const keys of [
    [c, b, a],
    [b, a, c],
    [a, c, b, a],
  ])
    expect(inClaimOrder(keys)).toEqual(order);
  expect(order).toEqual([a, b, c]);
});

it('given an imported customer, then its id is made of its source and name, for ever', () =>
  expect(importedAccountId({ system: 'crm', name: 'Contoso' })).toBe(deriveId('account', 'crm', 'Contoso')));

it.each([
  ['with space around it', ' contoso.com '],
  ['of a host below it', 'https://shop.contoso.com/a'],
])('given an address %s, then its key is the registrable domain', (_what, address) =>
  expect(domainKey(address)).toEqual({ kind: 'domain', value: 'contoso.com' }),
);

it('given what is no registrable domain, then the refusal says what would be', () =>
  expect(() => domainKey('localhost')).toThrow(
    expect.objectContaining({
      code: 'DOMAIN_INVALID',
      details: { remedy: "Give the domain of the customer's website, such as contoso.com." },
    }) as Error,
  ));
