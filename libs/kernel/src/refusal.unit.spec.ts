import { unreachable } from './decider';
import { reasonOf } from './reason';
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
    expect(() => reasonOf(text)).toThrow(expect.objectContaining({ code: 'REASON_MISSING', kind: 'invalid' }) as Error);
  });
});

it('given a case that types say cannot be, then it is named', () => {
  expect(() => unreachable('surprise' as never)).toThrow('No case for "surprise"');
});
