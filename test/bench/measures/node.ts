import { openBareClient } from '../bare-client';
import type { Figure, Measure } from '../measure';
import { median, perSecond } from '../rounds';

/** The base of the ratios: nothing but the client on the node. */
export const node: Measure = {
  name: 'node',
  why: 'the event node alone under the bare client',
  run: async ({ rounds, roundMs }) => {
    const bare = openBareClient();
    try {
      const figures: Figure[] = [];
      for (const inFlight of [1, 16, 64]) {
        const rates: number[] = [];
        for (let round = 0; round < rounds; round++) rates.push(await perSecond(inFlight, roundMs, bare.writer));
        figures.push({ what: `appends, ${inFlight} in flight`, value: median(rates), unit: '/s' });
      }
      const reads: number[] = [];
      for (let round = 0; round < rounds; round++) reads.push(await bare.catchUp([bare.prefix], bare.appended()));
      return [...figures, { what: 'events read', value: median(reads), unit: '/s' }];
    } finally {
      await bare.close();
    }
  },
};
