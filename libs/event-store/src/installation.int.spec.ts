import { randomUUID } from 'node:crypto';

import { freshNamespace } from '../../../test/stores';
import { testStores } from '../test/kit';
import { installationFounded, installationId } from '.';

const open = testStores();

describe('the identity of a log', () => {
  it('given several processes start for the first time at once, then all take the same one', async () => {
    for (let round = 0; round < 10; round++) {
      const namespace = freshNamespace();
      const candidates = Array.from({ length: 8 }, () => randomUUID());
      const ids = await Promise.all(
        candidates.map((candidate) => installationId(open({ namespace }), candidate, new Date())),
      );
      expect(new Set(ids).size).toBe(1);
      expect(candidates).toContain(ids[0]);
      const { events } = await open({ namespace }).load('installation-self');
      expect(events).toMatchObject([{ type: installationFounded.type, data: { installationId: ids[0] } }]);
    }
  });

  it('given it was taken, then every later start finds it', async () => {
    const store = open();
    const id = await installationId(store, randomUUID(), new Date());
    expect(await installationId(store, randomUUID(), new Date())).toBe(id);
  });

  it('given two installations share a store, then each has its own', async () => {
    const [one, other] = [open(), open()];
    expect(await installationId(one, randomUUID(), new Date())).not.toBe(
      await installationId(other, randomUUID(), new Date()),
    );
  });
});
