import { createSecretKey, type KeyObject } from 'node:crypto';

import { deriveId, idSchema, isKeyedId, keyedId } from './ids';

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

describe('ids that are made with a key', () => {
  const [key, another] = [7, 8].map((byte) => createSecretKey(Buffer.alloc(32, byte))) as [KeyObject, KeyObject];

  // These stand in logs, under a key that lasts as long: a change here makes everybody somebody else.
  it('given a key and parts, then the id is the same for ever, and tells that it was made so', () => {
    const id = keyedId(key, 'account', '4711');
    expect(id).toBe('0a4296db-1141-8d10-87e7-ed3944c3ba7c');
    expect([idSchema.safeParse(id).success, isKeyedId(id)]).toEqual([true, true]);
  });

  it('given another key, or other parts, then the id is another', () => {
    const ids = [
      keyedId(key, 'account', '4711'),
      keyedId(another, 'account', '4711'),
      keyedId(key, 'account', '4712'),
      keyedId(key, 'account', '47', '11'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([deriveId('account', '4711'), '9b2f4c1e-0d3a-4f6b-8c7d-5e4f3a2b1c0d', 'self', ''])(
    'given "%s", then it was not made with a key',
    (id) => {
      expect(isKeyedId(id)).toBe(false);
    },
  );
});
