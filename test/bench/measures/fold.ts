import { randomUUID } from 'node:crypto';

import { EventStoreDBClient } from '@eventstore/db-client';
import { account } from '@tempore/accounts';
import { CommandRunner, History, openEventStore } from '@tempore/event-store';
import { parseInstant } from '@tempore/kernel';
import { anOpening } from '@tempore/testing';

import { eventStoreUrl, freshNamespace } from '../../stores';
import { freshMeta } from '../acting';
import type { Figure, Measure } from '../measure';
import { quantile, timed } from '../rounds';

const LENGTH = 200;
const VERSION = 100;
/** Revisions count from nothing. */
const AT = BigInt(VERSION - 1);

const write = async (runner: CommandRunner, id: string): Promise<void> => {
  await runner.run(account, id, { type: 'OpenAccount', data: anOpening() }, freshMeta(), {});
  const validFrom = parseInstant('2026-05-01T12:00:00.000Z');
  for (let number = 1; number < LENGTH; number++) {
    const data = { name: `Contoso ${number}`, validFrom, validUntil: null };
    await runner.run(account, id, { type: 'AddAccountAlias', data }, freshMeta(), {});
  }
};

/** Reads by the client alone, from a revision to the end of a stream. */
const readFrom = async (client: EventStoreDBClient, stream: string, fromRevision: bigint): Promise<void> => {
  let events = 0;
  for await (const { event } of client.readStream(stream, { fromRevision })) if (event) events++;
  if (BigInt(events) !== BigInt(LENGTH) - fromRevision) throw new Error(`${events} events were read of ${stream}`);
};

interface Read {
  readonly what: string;
  readonly ours: () => Promise<unknown>;
  readonly peer: string;
  readonly bare: () => Promise<void>;
  readonly hasAim: boolean;
}

const AIMS = [
  { share: 0.5, most: 1 },
  { share: 0.99, most: 4 },
];

const measure = async (times: number, { what, ours, peer, bare, hasAim }: Read): Promise<readonly Figure[]> => {
  const took = { ours: [] as number[], bare: [] as number[] };
  // As many turns again come first, and warm everything up.
  for (let turn = -times; turn < times; turn++) {
    const [read, folded] = [await timed(bare), await timed(ours)];
    if (turn < 0) continue;
    took.bare.push(read);
    took.ours.push(folded);
  }
  return AIMS.map(({ share, most }) => {
    const [value, without] = [quantile(took.ours, share), quantile(took.bare, share)];
    return {
      what: `${what}, p${share * 100}`,
      value,
      unit: 'ms',
      peer: { what: `${peer}, p${share * 100}`, value: without },
      ratio: value / without,
      ...(hasAim ? { aim: { of: 'value', most } as const } : {}),
    };
  });
};

export const fold: Measure = {
  name: 'fold',
  why: 'what a stream of 200 events comes to: now, from what the runner remembers, and at its version 100',
  run: async ({ times }) => {
    const namespace = freshNamespace();
    const store = openEventStore({ url: eventStoreUrl(), namespace });
    const runner = new CommandRunner(store);
    const client = EventStoreDBClient.connectionString(eventStoreUrl());
    const id = randomUUID();
    const stream = `${namespace}.account-${id}`;
    try {
      await write(runner, id);
      const remembered = await measure(times, {
        what: 'the state now, remembered',
        ours: () => runner.read(account, id),
        peer: 'bare read of the end',
        bare: () => readFrom(client, stream, BigInt(LENGTH)),
        hasAim: true,
      });
      const history = new History(store);
      const readOnce = await measure(times, {
        what: `at version ${VERSION}, read before`,
        ours: () => history.stateAt(account, id, AT),
        peer: `bare read of all ${LENGTH}`,
        bare: () => readFrom(client, stream, 0n),
        hasAim: true,
      });
      const unread = await measure(times, {
        what: `at version ${VERSION}, never read`,
        ours: () => new History(store).stateAt(account, id, AT),
        peer: `bare read of all ${LENGTH}`,
        bare: () => readFrom(client, stream, 0n),
        hasAim: false,
      });
      return [...remembered, ...readOnce, ...unread];
    } finally {
      await store.close();
      await client.dispose();
    }
  },
};
