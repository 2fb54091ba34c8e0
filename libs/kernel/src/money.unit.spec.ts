import { decimalsOf, formatMoney, moneySchema, parseMoney } from './money';

describe('reading money', () => {
  it.each([
    ['1054', 'USD', 105_400],
    ['1054.5', 'USD', 105_450],
    ['1054.50', 'USD', 105_450],
    [' 0.07 ', 'USD', 7],
    ['-12.34', 'USD', -1_234],
    ['1054', 'JPY', 1_054],
    ['1054', 'BHD', 1_054_000],
    ['0.001', 'BHD', 1],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
    ['-90071992547409.91', 'USD', Number.MIN_SAFE_INTEGER],
  ])('given "%s" in %s, then it is %d minor units', (text, currency, minorUnits) => {
    expect(parseMoney(text, currency)).toEqual({ minorUnits, currency });
  });

  it.each(['-0', '-0.00'])('given "%s", then it is the one zero there is', (text) => {
    expect(Object.is(parseMoney(text, 'USD').minorUnits, 0)).toBe(true);
  });

  it.each([
    ['1,054.00', 'USD', 'is not a decimal number'],
    ["1'054", 'USD', 'is not a decimal number'],
    ['1 054', 'USD', 'is not a decimal number'],
    ['1054,50', 'USD', 'is not a decimal number'],
    ['', 'USD', 'is not a decimal number'],
    ['-', 'USD', 'is not a decimal number'],
    ['.5', 'USD', 'is not a decimal number'],
    ['5.', 'USD', 'is not a decimal number'],
    ['+5', 'USD', 'is not a decimal number'],
    ['1e3', 'USD', 'is not a decimal number'],
    ['0x10', 'USD', 'is not a decimal number'],
    ['NaN', 'USD', 'is not a decimal number'],
    ['٣', 'USD', 'is not a decimal number'],
    ['1.005', 'USD', 'has more decimals than USD (2)'],
    ['1.0', 'JPY', 'has more decimals than JPY (0)'],
    ['1.0001', 'BHD', 'has more decimals than BHD (3)'],
    ['90071992547409.92', 'USD', 'is too large'],
    ['9007199254740993', 'JPY', 'is too large'],
    ['-9007199254740992', 'JPY', 'is too large'],
    ['9'.repeat(400), 'JPY', 'is too large'],
    ['1', 'usd', 'is not an ISO 4217 currency code'],
    ['1', 'DOLLAR', 'is not an ISO 4217 currency code'],
    ['1', '', 'is not an ISO 4217 currency code'],
  ])('given "%s" in "%s", then it is refused: %s', (text, currency, reason) => {
    const reading = (): unknown => parseMoney(text, currency);
    expect(reading).toThrow(RangeError);
    expect(reading).toThrow(reason);
  });
});

describe('writing money', () => {
  it.each([
    [105_450, 'USD', '1054.50 USD'],
    [7, 'USD', '0.07 USD'],
    [0, 'USD', '0.00 USD'],
    [-0, 'USD', '0.00 USD'],
    [-7, 'USD', '-0.07 USD'],
    [1_054, 'JPY', '1054 JPY'],
    [1, 'BHD', '0.001 BHD'],
    [-1_054_000, 'BHD', '-1054.000 BHD'],
  ])('given %d minor units of %s, then it reads %s', (minorUnits, currency, text) => {
    expect(formatMoney({ minorUnits, currency })).toBe(text);
  });

  it('given a currency, then its decimals are those of ISO 4217', () => {
    expect(['USD', 'JPY', 'BHD', 'CLF'].map(decimalsOf)).toEqual([2, 0, 3, 4]);
  });
});

describe('money in events', () => {
  it.each([
    ['a fraction of a minor unit', { minorUnits: 1.5, currency: 'USD' }],
    ['more than an integer holds exactly', { minorUnits: 2 ** 53, currency: 'USD' }],
    ['text', { minorUnits: '1', currency: 'USD' }],
    ['no currency', { minorUnits: 1 }],
    ['a currency in lower case', { minorUnits: 1, currency: 'usd' }],
  ])('given %s, then it is no money', (_, value) => {
    expect(moneySchema.safeParse(value).success).toBe(false);
  });

  it('given money, then it is kept as it is; given no currency that there is, then it is said what would be one', () => {
    expect(moneySchema.parse({ minorUnits: -1, currency: 'CHF' })).toEqual({ minorUnits: -1, currency: 'CHF' });
    expect(moneySchema.safeParse({ minorUnits: 1, currency: 'XYZ' }).error?.issues[0]).toMatchObject({
      path: ['currency'],
      message: 'must be an ISO 4217 currency code, such as USD',
    });
  });
});
