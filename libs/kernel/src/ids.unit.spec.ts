import { deriveId, idSchema } from './ids';

describe('derived ids', () => {
  // These stand in logs: a change here makes every repeat of an old command a new one.
  it.each<[readonly [string, ...string[]], string]>([
    [['tempore'], 'aa41f5b4-8a34-517d-b64a-c688477bc528'],
    [['deal', 'crm', '4711'], 'bfbc44e1-d943-59d2-a910-edbec4a1ba05'],
  ])('given %j, then the id is %s for ever', (parts, id) => {
    expect(deriveId(...parts)).toBe(id);
    expect(idSchema.safeParse(id).success).toBe(true);
  });

  it('given parts that read the same when joined, then their ids differ', () => {
    const ids = [
      deriveId('a', 'bc'),
      deriveId('ab', 'c'),
      deriveId('abc'),
      deriveId('a', 'b', 'c'),
      deriveId('a,b', 'c'),
      deriveId('a","b', 'c'),
      deriveId('abc', ''),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(['42', '', 'bfbc44e1d94359d2a910edbec4a1ba05', '{bfbc44e1-d943-59d2-a910-edbec4a1ba05}'])(
    'given "%s", then it is no id',
    (text) => {
      expect(idSchema.safeParse(text).success).toBe(false);
    },
  );
});
