import { normaliseName } from '@messages/accounts';

import { askedKeys, filedKeys } from './lookup-keys';

/** Whether a name comes up when the other is asked for. */
const finds = (asked: string, filed: string): boolean => {
  const keys = new Set(filedKeys(normaliseName(filed)));
  return askedKeys(normaliseName(asked)).some((key) => keys.has(key));
};

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

  it('given a long name, then it has few keys', () => {
    const name = normaliseName('Internationale Kreditversicherungsgesellschaft Nordrhein Westfalen Beteiligungen');
    expect(filedKeys(name).length).toBeLessThan(120);
    expect(askedKeys(name).length).toBeLessThan(40);
  });
});
