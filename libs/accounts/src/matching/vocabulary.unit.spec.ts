import { normaliseName } from './normalise';
import { scoreNames } from './score';

it.each([
  ['amer', 'american'],
  ['assoc', 'associates'],
  ['assn', 'association'],
  ['bancorporation', 'bancorp'],
  ['bankshares', 'bancshares'],
  ['bldg', 'building'],
  ['bros', 'brothers'],
  ['comm', 'communications'],
  ['ctr', 'center'],
  ['dev', 'development'],
  ['fin', 'financial'],
  ['finl', 'financial'],
  ['grp', 'group'],
  ['hldg', 'holding'],
  ['hldgs', 'holdings'],
  ['inds', 'industries'],
  ['ins', 'insurance'],
  ['intl', 'international'],
  ['inv', 'investment'],
  ['labs', 'laboratories'],
  ['mfg', 'manufacturing'],
  ['mgmt', 'management'],
  ['mgt', 'management'],
  ['mkts', 'markets'],
  ['mtg', 'mortgage'],
  ['natl', 'national'],
  ['prods', 'products'],
  ['ptnrs', 'partners'],
  ['rlty', 'realty'],
  ['svc', 'service'],
  ['svcs', 'services'],
  ['sys', 'systems'],
  ['tel', 'telephone'],
  ['tr', 'trust'],
  ['univ', 'university'],
])('given the abbreviation %s, then it is read as %s', (short, long) => {
  expect(normaliseName(`Contoso ${short}`).text).toBe(`contoso ${long}`);
  expect(scoreNames(`Contoso ${short}`, `Contoso ${long}`)).toEqual({ score: 1, reasons: ['same-name'] });
});

it.each([
  ['Contoso Limited Liability Company', 'limited liability company'],
  ['Contoso Limited Liability Partnership', 'limited liability partnership'],
  ['Contoso Limited Partnership', 'limited partnership'],
  ['Contoso Ltd Partnership', 'ltd partnership'],
  ['Contoso National Association', 'national association'],
  ['Contoso Sp. z o.o.', 'sp z oo'],
  ['Contoso Inc TX', 'inc tx'],
])('given %s, then its legal form is %s', (name, legalForm) =>
  expect(normaliseName(name)).toMatchObject({ text: 'contoso', legalForm }),
);

it.each([
  ['Contoso TX', 'contoso tx'],
  ['Limited Partnership', 'limited partnership'],
  ['Big National Partnership', 'big national partnership'],
])('given %s, whose last words are no legal form there, then they stay', (name, text) =>
  expect(normaliseName(name).text).toBe(text),
);

it.each([
  ['Cœur', 'coeur'],
  ['Đuro', 'duro'],
  ['Garðar', 'gardar'],
  ['Þór', 'thor'],
  ['Ilıca', 'ilica'],
  ['Ægir', 'aegir'],
  ['Müller ø', 'muller o'],
])('given the letters of %s, then they are read as %s', (name, text) => expect(normaliseName(name).text).toBe(text));

it.each([
  ['Z Z Top', 'zz top'],
  ['A Contoso B', 'a contoso b'],
  ['Contoso X Y', 'contoso xy'],
  ['Contoso 1 2', 'contoso 1 2'],
])('given single letters as in %s, then those in a row are one word: %s', (name, text) =>
  expect(normaliseName(name).text).toBe(text),
);

it.each([
  ['Contoso /BER/', 'contoso'],
  ['Contoso / BER / ', 'contoso'],
  ['Contoso /BER', 'contoso ber'],
  ['Contoso /Y/', 'contoso y'],
  ['Contoso /', 'contoso'],
  ['Contoso //', 'contoso'],
])('given the tag of a register as in %j, then what is left is %s', (name, text) =>
  expect(normaliseName(name).text).toBe(text),
);

it.each([
  ['Contoso 12', ['brand', 'number']],
  ['Contoso A', ['brand', 'number']],
  ['12 Contoso', ['brand', 'own']],
])('given %s, then what its words are', (name, kinds) =>
  expect(normaliseName(name).words.map(({ kind }) => kind)).toEqual(kinds),
);
