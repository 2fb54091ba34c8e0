import { faultOfName, faultOfText, nameOf, Refusal, textOf, withoutControls } from '.';

const refusal = (fault: string): Refusal => new Refusal('NAME_MISSING', 'invalid', `name ${fault}.`);

describe('a name', () => {
  it.each(['Northwind', '3M', 'Ørsted', '株式会社', 'می‌خواهم', 'مرحبا\u200f', 'R&D 🚀', '  Fabrikam '])(
    'given %j, then nothing is wrong with it',
    (name) => expect(faultOfName(name)).toBeUndefined(),
  );

  it.each([
    ['nothing', '', 'is empty'],
    ['space alone', ' \t\u00a0\u3000', 'is empty'],
    ['characters of no width', '\u200b\u200d\u2060', 'must hold a letter or a digit'],
    ['letters that are drawn as nothing', '\u3164\uffa0\u115f', 'must hold a letter or a digit'],
    ['signs alone', '---', 'must hold a letter or a digit'],
    ['a NUL inside', 'North\u0000wind', 'must hold no control character'],
    ['a tab inside', 'North\twind', 'must hold no control character'],
    ['a line break inside', 'North\nwind', 'must hold no control character'],
    ['a line separator inside', 'North\u2028wind', 'must hold no control character'],
    ['a turn of direction inside', 'North\u202ewind', 'must hold no control character'],
    ['an isolate inside', 'North\u2066wind', 'must hold no control character'],
  ])('given %s, then it is said what is wrong', (_, name, fault) => expect(faultOfName(name)).toBe(fault));

  it('given space around it, then it is left out', () => expect(nameOf(' Northwind ', refusal)).toBe('Northwind'));

  it('given a fault, then it is refused in the words of whoever asks', () =>
    expect(() => nameOf('\u200b', refusal)).toThrow('name must hold a letter or a digit.'));
});

describe('a text', () => {
  it('given several lines, then nothing is wrong with it', () => {
    expect(faultOfText('Agreed:\r\n\tone line a point')).toBeUndefined();
    expect(textOf('Agreed:\nyes\n', refusal)).toBe('Agreed:\nyes');
  });

  it.each([
    ['line breaks alone', '\r\n\n', 'is empty'],
    ['characters of no width', '\u200b\n\u200b', 'must hold a letter or a digit'],
    ['an escape inside', 'Agreed\u001b[31m', 'must hold no control character'],
    ['a turn of direction inside', 'Agreed\n\u202e', 'must hold no control character'],
  ])('given %s, then it is said what is wrong', (_, text, fault) => expect(faultOfText(text)).toBe(fault));
});

it('given control characters in a name that nobody is asked for again, then they are left out', () =>
  expect(withoutControls('Off\u0000er\u202efdp\n.pdf')).toBe('Offerfdp.pdf'));
