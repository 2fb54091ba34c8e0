import { Refusal } from '@tempore/kernel';

import { accountKeyId, domainKey, inClaimOrder, registryKey } from '.';

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
