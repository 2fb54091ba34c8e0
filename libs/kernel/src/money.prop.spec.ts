import fc from 'fast-check';

import { decimalsOf, formatMoney, parseMoney } from './money';

const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'BHD', 'CLF');

it('given any amount of any currency, when it is written and read again, then it is the same', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), currency, (minorUnits, code) => {
      const [amount = '', written] = formatMoney({ minorUnits, currency: code }).split(' ');
      expect(written).toBe(code);
      expect(parseMoney(amount, code)).toEqual({ minorUnits, currency: code });
    }),
  );
});

it('given any amount, when it is written, then it shows exactly the decimals of its currency', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), currency, (minorUnits, code) => {
      const [amount = ''] = formatMoney({ minorUnits, currency: code }).split(' ');
      expect((amount.split('.')[1] ?? '').length).toBe(decimalsOf(code));
    }),
  );
});
