import { normaliseName } from './normalise';

describe('a name for matching', () => {
  it.each([
    ['case', 'TEUCRIUM Commodity trust', 'teucrium commodity trust'],
    ['accents', 'Société Générale', 'societe generale'],
    ['letters without a base letter', 'Ørsted Straße Łódź', 'orsted strasse lodz'],
    ['punctuation', 'Yum! Brands — (Europe)', 'yum brands europe'],
    ['apostrophes', "Dick's Lowe’s", 'dicks lowes'],
    ['the leading The', 'The Gap', 'gap'],
    ['the trailing The', 'Gap, Inc., The', 'gap'],
    ['& and "and"', 'Harte & Hanks', 'harte hanks'],
    ['"and" and &', 'Harte and Hanks', 'harte hanks'],
    ['dotted initials', 'J.P. Morgan', 'jp morgan'],
    ['spaced initials', 'SMITH A O CORP', 'smith ao'],
    ['Roman numerals', 'Griffin Healthcare REIT IV', 'griffin healthcare reit 4'],
    ['a name that is a numeral keeps it', 'X Corp', 'x'],
    ['common abbreviations', 'Acme Intl Hldgs', 'acme international holdings'],
    ['state tags', 'HUNTINGTON BANCSHARES INC /MD/', 'huntington bancshares'],
    ['state tags without the second slash', 'NVIDIA CORP/DE', 'nvidia'],
    ['state tags with other slashes', 'UNIVERSAL DISPLAY CORP \\PA\\', 'universal display'],
    ['bare state tags', 'UNIVERSAL DISPLAY CORP PA', 'universal display'],
    ['several tags', 'ONEOK INC /NEW/ /OK/', 'oneok'],
    ['an open slash', 'FRONTLINE LTD /', 'frontline'],
    ['a slash inside a name', 'Miller/Howard', 'miller howard'],
  ])('does without %s', (_, name, text) => {
    expect(normaliseName(name).text).toBe(text);
  });

  it.each([
    'Inc',
    'Inc.',
    'Incorporated',
    'Corp.',
    'Corporation',
    'Co., Ltd.',
    'Company',
    'LLC',
    'L.L.C.',
    'LP',
    'L P',
    'LLP',
    'Limited Partnership',
    'Limited Liability Company',
    'plc',
    'GmbH',
    'GmbH & Co. KG',
    'AG',
    'SE',
    'SA',
    'S.A. de C.V.',
    'S.p.A.',
    'S.r.l.',
    'N.V.',
    'B.V.',
    'AB',
    'A/S',
    'A S',
    'Oy',
    'K.K.',
    'Pty Ltd',
    'Sp. z o.o.',
    'N.A.',
    'National Association',
  ])('does without the legal form %s, and names it', (form) => {
    const { text, legalForm } = normaliseName(`Acme Rockets ${form}`);

    expect(text).toBe('acme rockets');
    expect(legalForm).not.toBe('');
  });

  it.each([
    ['a legal form before a number', 'Onyx Acquisition Co. I', 'onyx acquisition 1'],
    ['a first word that looks like a legal form', 'SA Recycling', 'sa recycling'],
    ['a name of a legal form only', 'Company Inc', 'company'],
    ['letters that are a legal form only at the end', 'Banco AB Norte', 'banco ab norte'],
    ['Holdings, which is no legal form', 'Booking Holdings Inc.', 'booking holdings'],
  ])('keeps what is left of %s', (_, name, text) => {
    expect(normaliseName(name).text).toBe(text);
  });

  it.each(['', '  ', '!!!', '&'])('given %j, then it is empty', (name) => {
    expect(normaliseName(name)).toEqual({ text: '', words: [], legalForm: '' });
  });

  it('tells the brand from other own words, trade words, words of structure and numbers', () => {
    expect(normaliseName('New Global Acme Rocket Energy Holdings II, LLC').words).toEqual([
      { text: 'new', kind: 'structure' },
      { text: 'global', kind: 'trade' },
      { text: 'acme', kind: 'brand' },
      { text: 'rocket', kind: 'own' },
      { text: 'energy', kind: 'trade' },
      { text: 'holdings', kind: 'structure' },
      { text: '2', kind: 'number' },
    ]);
  });

  it('takes every word of a fund as its own', () => {
    expect(normaliseName('Acme Municipal Income Fund').words.map(({ kind }) => kind)).toEqual([
      'brand',
      'own',
      'own',
      'trade',
    ]);
  });
});
