import { scoreNames } from './score';

/** From here a registration goes to a person. */
const TO_A_PERSON = 0.75;
/** From here an account is shown as a candidate. */
const SHOWN = 0.5;

describe('the score of two names', () => {
  it.each([
    ['same-name', 'Acme Rockets', 'ACME, rockets!'],
    ['same-name', 'The Harte & Hanks Inc', 'Harte and Hanks, Inc.'],
    ['same-but-for-legal-form', 'Acme Rockets', 'Acme Rockets GmbH & Co. KG'],
    ['same-but-for-legal-form', 'Acme Rockets Corp /DE/', 'Acme Rockets Corporation'],
  ])('is 1: %s (%s | %s)', (reason, a, b) => {
    expect(scoreNames(a, b)).toEqual({ score: 1, reasons: [reason] });
  });

  it.each([
    ['same-words-other-order', 'A. O. Smith', 'SMITH A O CORP'],
    ['same-but-for-spacing', 'NewAlliance Bancshares', 'New Alliance Bancshares Inc'],
    ['same-but-for-spacing', 'Wal-Mart Stores', 'Walmart Stores'],
    ['spelling: acquistion / acquisition', 'Acme Acquisition Corp', 'Acme Acquistion Corp'],
    ['spelling: market / markets', 'Acme Farmers Market', 'Acme Farmers Markets LLC'],
    ['spelling: rockets / rokcets', 'Acme Rockets', 'Acme Rokcets'],
    ['abbreviation: pharma / pharmaceuticals', 'Lantern Pharma', 'Lantern Pharmaceuticals'],
    ['acronym: ibm / international business machines', 'IBM Corp', 'International Business Machines'],
    ['acronym: msg / madison square garden', 'MSG Entertainment', 'Madison Square Garden Entertainment Corp'],
    ['acronym: db / dun bradstreet', 'D&B', 'Dun & Bradstreet Corp'],
    ['extra-word: international', 'Korn Ferry', 'Korn Ferry International'],
    ['extra-word: new', 'Revlon Inc', 'New Revlon Inc'],
    ['extra-word: technologies', 'Uber', 'Uber Technologies, Inc'],
  ])('sends to a person, saying %s (%s | %s)', (reason, a, b) => {
    const { score, reasons } = scoreNames(a, b);

    expect(score).toBeGreaterThanOrEqual(TO_A_PERSON);
    expect(score).toBeLessThan(1);
    expect(reasons).toContain(reason);
  });

  it.each([
    ['extra-word: quality', 'Acme Municipal Income Fund', 'Acme Quality Municipal Income Fund'],
    ['extra-word: chile', 'Banco Santander, S.A.', 'Banco Santander Chile'],
    ['extra-word: cable', 'Time Warner Fund', 'Time Warner Cable Fund'],
    ['extra-number: 2', 'Acme Preferred Income Fund', 'Acme Preferred Income Fund II'],
    ['extra-number: 2', 'Churchill Capital Corp', 'Churchill Capital Corp II'],
  ])('is shown but not enough, for %s (%s | %s)', (reason, a, b) => {
    const { score, reasons } = scoreNames(a, b);

    expect(score).toBeGreaterThanOrEqual(SHOWN);
    expect(score).toBeLessThan(TO_A_PERSON);
    expect(reasons).toContain(reason);
  });

  it.each([
    ['another number', 'Churchill Capital Corp II', 'Churchill Capital Corp III'],
    ['another letter', 'Ridgewood Energy V Fund', 'Ridgewood Energy W Fund'],
    ['another brand before the same trade', 'Endra Life Sciences Inc', 'Comera Life Sciences Holdings'],
    ['another brand before the same structure', 'Tuscan Holdings Corp', 'Bristow Holdings Corp'],
    ['another place', 'Federal Home Loan Bank of Topeka', 'Federal Home Loan Bank of Chicago'],
    ['short words that differ in a letter', 'Ball Corp', 'Bill Corp'],
    ['nothing in common', 'Alcoa', 'Exponent'],
  ])('is not shown for %s (%s | %s)', (_, a, b) => {
    expect(scoreNames(a, b).score).toBeLessThan(SHOWN);
  });

  it('given an empty name, then it matches nothing', () => {
    expect(scoreNames('&', '&')).toEqual({ score: 0, reasons: ['empty-name'] });
  });

  it('gives every reason', () => {
    expect(scoreNames('Gardens Madison Hotels II', 'Madison Gardnes Supplies').reasons).toEqual([
      'spelling: gardens / gardnes',
      'extra-word: hotels',
      'extra-number: 2',
      'extra-word: supplies',
    ]);
  });
});
