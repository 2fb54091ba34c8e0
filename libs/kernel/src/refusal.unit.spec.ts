import { unreachable } from './decider';
import { lineOf } from './line';
import { reasonOf, reasonSchema } from './reason';
import { Refusal } from './refusal';

describe('refusals', () => {
  it('given a refusal, then it carries its code, kind, sentence, remedy and facts', () => {
    const facts = { open: 3 };
    const refusal = new Refusal('DEAL_NOT_OPEN', 'conflict', 'The deal is closed.', { remedy: 'File anew.', facts });
    expect(refusal).toBeInstanceOf(Error);
    expect(refusal).toMatchObject({
      name: 'Refusal',
      code: 'DEAL_NOT_OPEN',
      kind: 'conflict',
      message: 'The deal is closed.',
      details: { remedy: 'File anew.', facts },
    });
  });

  it('given nothing to add, then its details are empty', () => {
    expect(new Refusal('GONE', 'not-found', 'There is none.').details).toEqual({});
  });
});

describe('reasons', () => {
  it('given a reason, then the space around it goes', () => {
    expect(reasonOf('  because ')).toBe('because');
  });

  it.each(['', ' \n\t'])('given %j, then a reason is missing', (text) => {
    expect(() => reasonOf(text)).toThrow(
      expect.objectContaining({
        code: 'REASON_MISSING',
        kind: 'invalid',
        details: { remedy: 'Say why, for whoever looks at it later.' },
      }) as Error,
    );
  });

  it('given one in an event, then it is kept without the space around it, and one of nothing is none', () => {
    expect(reasonSchema.parse(' because ')).toBe('because');
    expect(reasonSchema.safeParse('  ').success).toBe(false);
  });
});

it('given a case that types say cannot be, then it is named', () => {
  expect(() => unreachable('surprise' as never)).toThrow('No case for "surprise"');
});

describe('lines', () => {
  it('given the name of a line, then the space around it goes', () => expect(lineOf(' GTX Pro ')).toBe('GTX Pro'));

  it('given none, then it is missing', () =>
    expect(() => lineOf(' ')).toThrow(
      expect.objectContaining({
        code: 'LINE_MISSING',
        kind: 'invalid',
        message: 'productLine is empty.',
        details: { remedy: 'Name the line, such as GTX Pro.' },
      }) as Error,
    ));
});
