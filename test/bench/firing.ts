import autocannon from 'autocannon';

import type { Done } from './rounds';

const PATIENCE_S = 60;

/** Sends so many commands over so many connections. Throws where anything but a yes came back. */
export const fire = async (
  url: string,
  requests: autocannon.Request[],
  connections: number,
  amount: number,
): Promise<Done> => {
  const took: number[] = [];
  const began = performance.now();
  let end = began;
  const { non2xx, errors, timeouts } = await new Promise<autocannon.Result>((resolve, reject) => {
    const firing = autocannon(
      { url, connections, amount, timeout: PATIENCE_S, sampleInt: 50, requests },
      (error, result) => {
        if (error) reject(error as Error);
        else resolve(result);
      },
    );
    firing.on('response', (_client, _status, _bytes, responseTime) => {
      took.push(responseTime);
      end = performance.now();
    });
  });
  if (non2xx + errors + timeouts > 0)
    throw new Error(`${took.length} were answered: ${non2xx} with no; ${errors} broke, ${timeouts} took too long`);
  return { perSecond: (took.length * 1_000) / (end - began), took };
};
