import { normaliseName } from '@messages/accounts';

import { askedKeys, filedKeys } from './lookup-keys';

/** Whether a name comes up when the other is asked for. */
const finds = (asked: string, filed: string): boolean => {
  const keys = new Set(filedKeys(normaliseName(filed)));
  return askedKeys(normaliseName(asked)).some((key) => keys.has(key));
};

const isWellFormed = (text: string): boolean => Buffer.from(text).toString() === text;

describe('what a name is filed under and asked for by', () => {
  it.each([
    ['the same but for its legal form', 'Contoso AG', 'CONTOSO GmbH'],
    ['with a letter missed', 'Contoso Bank', 'Contso Insurance'],
    ['with a letter doubled', 'Contosso', 'Contoso'],
    ['with a letter changed', 'Kontoso', 'Kantoso'],
    ['with two letters swapped', 'Conotso', 'Contoso'],
    ['run together', 'New Alliance Bank', 'NewAlliance'],
    ['spaced out', 'FedEx', 'Fed Ex'],
    ['by its initials', 'MSG', 'Madison Square Garden Entertainment'],
    ['spelled out', 'Madison Square Garden Entertainment', 'MSG'],
    ['with further words', 'Husky Energy', 'Husky Oil & Gas Holdings'],
    ['in another order', 'Smith A O Corp', 'A. O. Smith'],
    ['of no word of its own', 'General Motors Corp', 'Motors, General'],
    ['of one word that many have', 'Southern Co', 'The Southern Group'],
  ])('given the same customer %s, then the one finds the other', (_, asked, filed) => {
    expect(finds(asked, filed)).toBe(true);
  });

  it.each([
    ['only words that many have', 'Contoso Bank Holdings', 'Fabrikam Bank Holdings'],
    ['nothing', 'Contoso', 'Fabrikam'],
    ['a short word but for a letter', 'Axo', 'Axa'],
    ['a letter of their initials', 'Acme Bank', 'Alpine Resorts'],
  ])('given two customers that share %s, then they are not compared', (_, asked, filed) => {
    expect(finds(asked, filed)).toBe(false);
  });

  it.each(['𠮷野家ホールディングス', '𠮷𠮷𠮷𠮷', '𠀀𠀁 𠀂𠀃 𠀄𠀅'])(
    'given %s, whose letters UTF-16 writes as pairs, then no key holds half of one',
    (name) => {
      const keys = [...filedKeys(normaliseName(name)), ...askedKeys(normaliseName(name))];
      expect(keys.length).toBeGreaterThan(0);
      expect(keys.filter((key) => !isWellFormed(key))).toEqual([]);
    },
  );

  it('given a letter missed that UTF-16 writes as a pair, then the one finds the other', () =>
    expect(finds('𠮷野家屋敷', '𠮷野屋敷')).toBe(true));

  it('given a name that is one word without end, then its keys stay short', () => {
    const keys = filedKeys(normaliseName('㌀㌁㌂㌃㌄㌅'.repeat(50)));
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThan(200);
    expect(keys.length).toBeLessThan(100);
  });

  it('given a long name, then it has few keys', () => {
    const name = normaliseName('Internationale Kreditversicherungsgesellschaft Nordrhein Westfalen Beteiligungen');
    expect(filedKeys(name).length).toBeLessThan(120);
    expect(askedKeys(name).length).toBeLessThan(40);
  });
});
