import type { Principal } from '@tempore/acts';

import { remembering } from './remembered-tokens';

const ada: Principal = { side: 'vendor', id: 'ada', roles: ['admin'] };
const OVER = 'its time is over';

/** An issuer whose token is good until an instant, or until its key is withdrawn, and a clock to move. */
const anIssuer = (expiresAt: number) => {
  const state = { now: 0, checks: 0, withdrawn: false };
  const ask = remembering(
    () => {
      state.checks++;
      if (state.withdrawn || state.now >= expiresAt) return Promise.reject(new Error(OVER));
      return Promise.resolve({ principal: ada, issuedAt: 0, expiresAt });
    },
    () => state.now,
  );
  return { state, ask };
};

describe('a token that was found good', () => {
  it('given it is shown again within a minute, then its signature is not checked again', async () => {
    const { state, ask } = anIssuer(600_000);
    await ask('token');
    state.now = 59_999;
    expect((await ask('token')).principal).toBe(ada);
    expect(state.checks).toBe(1);
  });

  it('given it expires meanwhile, then it lets nobody in from that instant on', async () => {
    const { state, ask } = anIssuer(10_000);
    await ask('token');
    state.now = 9_999;
    expect((await ask('token')).principal).toBe(ada);
    state.now = 10_000;
    await expect(ask('token')).rejects.toThrow(OVER);
  });

  it('given its key is withdrawn, then it lets nobody in after a minute', async () => {
    const { state, ask } = anIssuer(600_000);
    await ask('token');
    state.withdrawn = true;
    state.now = 60_000;
    await expect(ask('token')).rejects.toThrow(OVER);
  });

  it('given another token, then that is checked', async () => {
    const { state, ask } = anIssuer(600_000);
    await ask('token');
    state.withdrawn = true;
    await expect(ask('another')).rejects.toThrow(OVER);
    await expect(ask('another')).rejects.toThrow(OVER);
    expect(state.checks).toBe(3);
  });
});
