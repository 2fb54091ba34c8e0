import { randomUUID } from 'node:crypto';

import { docket, docketId } from '@tempore/dockets';
import { CommandRunner, openEventStore } from '@tempore/event-store';
import { nameKey, Refusal } from '@tempore/kernel';
import { aDocketContext, aStanding, filing, productLine } from '@tempore/testing';

import { eventStoreUrl, freshNamespace } from '../../stores';
import { freshMeta } from '../acting';
import { type Content, openBareClient } from '../bare-client';
import type { Measure } from '../measure';
import { inTurns, timed } from '../rounds';

const WRITERS = 64;

/** Sixty-four partners file for one customer at once; each is answered, or this throws. Hands back the docket's id. */
const rush = async (runner: CommandRunner): Promise<string> => {
  const accountId = randomUUID();
  const id = docketId(accountId, nameKey(productLine));
  const answers = await Promise.allSettled(
    Array.from({ length: WRITERS }, (_, number) => {
      const partner = `partner-${number}`;
      const meta = freshMeta();
      const { now, actor } = meta;
      const context = aDocketContext({ now, actor, partner: aStanding(partner) });
      return runner.run(docket, id, filing(partner, { accountId }), meta, context);
    }),
  );
  for (const answer of answers)
    if (answer.status === 'rejected' && !(answer.reason instanceof Refusal)) throw answer.reason;
  const { state } = await runner.read(docket, id);
  const filed = answers.filter(({ status }) => status === 'fulfilled').length;
  if (state.claims.length !== filed)
    throw new Error(`${filed} filings were accepted, ${state.claims.length} are on record`);
  return id;
};

export const oneDocket: Measure = {
  name: 'docket',
  why: 'sixty-four writers on one docket, all of them answered',
  run: async (size) => {
    const bare = openBareClient();
    const store = openEventStore({ url: eventStoreUrl(), namespace: freshNamespace() });
    const runner = new CommandRunner(store);
    try {
      const { events } = await store.load(`docket-${await rush(runner)}`);
      const contents = events.map(({ type, data, metadata }) => ({ type, data, metadata }) as Content);
      const oneByOne = async (): Promise<void> => {
        const append = bare.writer(contents);
        for (let appended = 0; appended < contents.length; appended++) await append();
      };
      const { value, peer, ratio } = await inTurns(
        size,
        () => timed(oneByOne),
        () => timed(() => rush(runner)),
      );
      return [
        {
          what: `${WRITERS} filings at once`,
          value,
          unit: 'ms',
          peer: { what: `its ${contents.length} events appended one by one`, value: peer },
          ratio,
          aim: { of: 'value', most: 500 },
        },
      ];
    } finally {
      await store.close();
      await bare.close();
    }
  },
};
