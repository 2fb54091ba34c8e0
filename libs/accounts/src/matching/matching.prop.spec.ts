import fc from 'fast-check';
import { normaliseName, scoreNames } from '.';

const word = fc.stringMatching(/^[A-Za-zÀ-ÖØ-öø-ÿ0-9]{1,12}$/);
const known = fc.constantFrom(
  'Acme',
  'Energy',
  'Holdings',
  'Fund',
  'II',
  'IV',
  'of',
  'The',
  'Co',
  'A',
  'B',
  'Intl',
  'SA',
);
const name = fc
  .array(fc.oneof(word, known), { minLength: 1, maxLength: 6 })
  .map((words) => words.join(' '))
  .filter((text) => normaliseName(text).text !== '');

const legalForm = fc.constantFrom(
  'Inc.',
  'Corp',
  'GmbH',
  'GmbH & Co. KG',
  'AG',
  'S.p.A.',
  'S.A. de C.V.',
  'Ltd',
  'L.L.C.',
  'LP',
  'plc',
  'N.V.',
  'BV',
  'AB',
  'A/S',
  'Oy',
  'K.K.',
  'Pty Ltd',
  'Co.',
);

describe('the score of two names', () => {
  it('given any two names, then it is the same both ways, with the same reasons', () => {
    fc.assert(fc.property(name, name, (a, b) => expect(scoreNames(a, b)).toEqual(scoreNames(b, a))));
  });

  it('given any two names, then it is from 0 to 1, and it says why', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        const { score, reasons } = scoreNames(a, b);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(reasons.length).toBeGreaterThan(0);
      }),
    );
  });

  it('given a name and itself, then it is 1', () => {
    fc.assert(fc.property(name, (a) => expect(scoreNames(a, a)).toEqual({ score: 1, reasons: ['same-name'] })));
  });

  it('given a name in another case, then it is 1', () => {
    fc.assert(
      fc.property(name, fc.boolean(), (a, upper) =>
        expect(scoreNames(a, upper ? a.toUpperCase() : a.toLowerCase()).score).toBe(1),
      ),
    );
  });

  it('given a name with other punctuation, then it is 1', () => {
    fc.assert(
      fc.property(
        name,
        fc.constantFrom(', ', ' - ', '; ', ' (', '  '),
        fc.constantFrom('', '.', '!', ' –'),
        (a, gap, end) => expect(scoreNames(a, a.replaceAll(' ', gap) + end).score).toBe(1),
      ),
    );
  });

  it('given a name with a legal form after it, then it is 1', () => {
    fc.assert(
      fc.property(name, fc.constantFrom(' ', ', '), legalForm, (a, gap, form) =>
        expect(scoreNames(a, a + gap + form).score).toBe(1),
      ),
    );
  });

  it('given a word that only one name has, then it is less than 1', () => {
    fc.assert(fc.property(name, (a) => expect(scoreNames(a, `${a} Zyxwvut`).score).toBeLessThan(1)));
  });
});

describe('a name for matching', () => {
  it('given any text, then it has lower-case words with one space between', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const normalised = normaliseName(text);
        expect(normalised.text).toBe(normalised.words.map((each) => each.text).join(' '));
        expect(normalised.text).toBe(normalised.text.trim());
      }),
    );
  });
});
