import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Process, Surroundings } from '@tempore/acts';
import { accountKey, accountKeyClaimed, accountKeyId, domainKey } from '@tempore/accounts';
import { StoreUnavailable } from '@tempore/event-store';
import { addDays, Refusal, toInstant } from '@tempore/kernel';
import pino from 'pino';

import { type Clock, systemClock } from '../../composition/src/clock';
import { readPlace } from '../../composition/src/place';
import { startSystem, type System } from '../../../test/harness/system';
import { until } from '../../../test/stores';
import { follow } from './follow';

const GRACE_MS = 400;
const DAY_MS = 86_400_000;

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

/** Has an event stand in the log that the process of this test is nudged by; its key is what the work is about. */
const nudged = async (): Promise<string> => {
  const key = domainKey(`d${randomUUID().replaceAll('-', '')}.com`);
  const commandId = randomUUID();
  const meta = { commandId, requestHash: '', actor: commandId, now: systemClock(), correlationId: commandId };
  const data = { key, accountId: randomUUID(), opening: null };
  await system.stores.runner.run(accountKey, accountKeyId(key), { type: 'ClaimAccountKey', data }, meta, {});
  return key.value;
};

/** A process that is nudged by the claim of a key. */
const processOf = (name: string, step: (key: string) => Promise<void>, graceMs = 0): Process => ({
  name,
  follows: [accountKeyClaimed],
  graceMs,
  step: ({ data }) => step((data as { key: { value: string } }).key.value),
  timers: null,
  watchdog: null,
});

const placeOf = ({ name }: Process) =>
  readPlace(system.stores.readSide.pool, { process: name, installationId: system.stores.installationId });

/** Follows until `work` has seen what it waited for. */
const following = async (process: Process, work: () => Promise<void>, now: Clock = systemClock): Promise<void> => {
  const stop = new AbortController();
  const { installationId, readSide } = system.stores;
  const context = {
    surroundings: { ...system.stores, clock: now } as unknown as Surroundings,
    installationId,
    pool: readSide.pool,
    clock: { now },
    logger: pino({ level: 'silent' }),
  };
  const running = follow(process, context, stop.signal);
  await work().finally(() => {
    stop.abort();
  });
  await running;
};

describe('following the log', () => {
  it('given work that is not due, then it waits; given it is done, then the place is behind it', async () => {
    const due = Date.now() + GRACE_MS;
    const key = await nudged();
    const done: number[] = [];
    const step = (value: string): Promise<void> => {
      if (value === key) done.push(Date.now());
      return Promise.resolve();
    };
    const process = processOf('patient', step, GRACE_MS);

    await following(process, async () => {
      await until('the work is done', () => done.length > 0);
      await until('the place is kept', async () => (await placeOf(process)) !== undefined);
    });

    expect(done[0]).toBeGreaterThanOrEqual(due);
  });

  it('given a clock that stands still, when it jumps to where the work is due, then the work is done', async () => {
    const key = await nudged();
    let now = toInstant(new Date());
    const done: string[] = [];
    const step = (value: string): Promise<void> => {
      done.push(value);
      return Promise.resolve();
    };
    const begun = performance.now();
    const jump = async (): Promise<void> => {
      await sleep(GRACE_MS);
      expect(done).toEqual([]);
      now = addDays(now, 1);
      await until('the work is done', () => done.includes(key));
    };

    await following(processOf('awakened', step, DAY_MS), jump, () => now);

    // Sooner than after the ten seconds for which a clock that goes on standing still is waited for.
    expect(performance.now() - begun).toBeLessThan(9_000);
  });

  it('given it is stopped amid its work, then the next one does it again, and what came before not', async () => {
    const seen: string[] = [];
    const before = await nudged();
    const process = processOf('interrupted', (value) => {
      seen.push(value);
      return Promise.resolve();
    });
    await following(process, async () => {
      await until('the first is done', () => seen.includes(before));
      await until('the place is kept', async () => (await placeOf(process)) !== undefined);
    });
    const amid = await nudged();
    const begun: string[] = [];
    const stuck = processOf('interrupted', (value) => {
      begun.push(value);
      return Promise.reject(new Error('not now'));
    });
    await following(stuck, () => until('the second is begun', () => begun.includes(amid)));

    seen.length = 0;
    await following(process, () => until('the second is done', () => seen.includes(amid)));
    expect(seen).not.toContain(before);
  });

  it('given work that fails or is refused for a while, fails for ever, or is refused, then it is tried again, left, or over, and the next is done', async () => {
    const tries = new Map<string, number>();
    const [shaky, early, hopeless] = [await nudged(), await nudged(), await nudged()];
    const [refused, last] = [await nudged(), await nudged()];
    const process = processOf('undaunted', (value) => {
      const count = (tries.get(value) ?? 0) + 1;
      tries.set(value, count);
      if (value === hopeless || (value === shaky && count < 3)) return Promise.reject(new Error('failed'));
      if (value === early && count < 3) return Promise.reject(new Refusal('AWAY', 'unavailable', 'Not now.'));
      if (value === refused) return Promise.reject(new Refusal('NO', 'conflict', 'No.'));
      return Promise.resolve();
    });

    await following(process, () => until('the last is done', () => tries.has(last)));

    expect([shaky, early, hopeless, refused, last].map((value) => tries.get(value))).toEqual([3, 3, 5, 1, 1]);
  });

  it.each([
    ['the event store', new StoreUnavailable('It does not answer.')],
    ['the database', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
  ])(
    'given %s is away for longer than a piece of work is tried, then the work is done when it is back',
    async (store, outage) => {
      const [held, last] = [await nudged(), await nudged()];
      const done: string[] = [];
      let left = 6;
      const process = processOf(`waiting for ${store}`, (value) => {
        if (value === held && left-- > 0) return Promise.reject(outage);
        done.push(value);
        return Promise.resolve();
      });

      await following(process, () => until('the last is done', () => done.includes(last)));

      expect(done.slice(-2)).toEqual([held, last]);
    },
  );
});
