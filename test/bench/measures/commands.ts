import { randomUUID } from 'node:crypto';

import { account } from '@tempore/accounts';
import { CommandRunner, openEventStore } from '@tempore/event-store';
import { parseInstant } from '@tempore/kernel';
import { anOpening } from '@tempore/testing';

import { eventStoreUrl, freshNamespace } from '../../stores';
import { freshMeta } from '../acting';
import { openBareClient } from '../bare-client';
import type { Figure, Measure } from '../measure';
import { inTurns, perSecond } from '../rounds';

/** Customers get a few names, not thousands. */
const NAMES = 20;

/** Opens a customer and gives it names, then the next. */
const clerk = (runner: CommandRunner) => (): (() => Promise<unknown>) => {
  let id = randomUUID();
  let names = 0;
  return () => {
    if (names === NAMES) [id, names] = [randomUUID(), 0];
    const number = names++;
    if (number === 0) return runner.run(account, id, { type: 'OpenAccount', data: anOpening() }, freshMeta(), {});
    const validFrom = parseInstant('2026-05-01T12:00:00.000Z');
    const data = { name: `Contoso Maschinenbau ${number}`, validFrom, validUntil: null };
    return runner.run(account, id, { type: 'AddAccountAlias', data }, freshMeta(), {});
  };
};

export const commands: Measure = {
  name: 'commands',
  why: 'state, decide, append, held against appends alone',
  run: async (size) => {
    const bare = openBareClient();
    const store = openEventStore({ url: eventStoreUrl(), namespace: freshNamespace() });
    const runner = new CommandRunner(store);
    try {
      const figures: Figure[] = [];
      for (const inFlight of [1, 16, 64]) {
        const { value, peer, ratio } = await inTurns(
          size,
          () => perSecond(inFlight, size.roundMs, bare.writer),
          () => perSecond(inFlight, size.roundMs, clerk(runner)),
        );
        figures.push({
          what: `commands, ${inFlight} in flight`,
          value,
          unit: '/s',
          peer: { what: 'bare appends', value: peer },
          ratio,
          aim: { of: 'ratio', least: 0.6 },
        });
      }
      return figures;
    } finally {
      await store.close();
      await bare.close();
    }
  },
};
