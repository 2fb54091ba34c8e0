import type { EventStore } from '@tempore/event-store';
import pino from 'pino';

import { RevokedTokens } from './revoked-tokens';

/** A log without revocations, of which a following breaks off once it is told to. */
const breaking = () => {
  let fail: (error: Error) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => (fail = reject));
  const store = {
    subscribe: async function* () {
      yield { events: [], caughtUp: true };
      await broken;
    },
  } as unknown as EventStore;
  return { store, fail };
};

it('given that revocations are followed, then a token that nobody took back is good', async () => {
  const { store } = breaking();
  const revoked = await RevokedTokens.open(store, pino({ level: 'silent' }));
  expect(revoked.areRevoked('ada', Date.now())).toBe(false);
});

it('given that they are not followed any more, then nobody is let in on what may have been taken back', async () => {
  const { store, fail } = breaking();
  const revoked = await RevokedTokens.open(store, pino({ level: 'silent' }));
  fail(new Error('The store is gone'));
  await revoked.close();
  expect(() => revoked.areRevoked('ada', Date.now())).toThrow(
    expect.objectContaining({ code: 'REVOCATIONS_UNKNOWN', kind: 'unavailable' }) as Error,
  );
});
