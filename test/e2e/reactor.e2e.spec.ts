import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import {
  account,
  type AccountKey,
  accountKey,
  accountKeyId,
  type AccountOpening,
  domainKey,
  openingOf,
} from '@tempore/accounts';
import { categories } from '@tempore/catalogue';
import type { CommandMeta } from '@tempore/event-store';
import { deriveId, formatPosition, parseInstant } from '@tempore/kernel';

import { Lifetime } from '../../apps/composition/src/lifetime';
import { createLogger } from '../../apps/composition/src/logger';
import { openContext } from '../../apps/composition/src/run-app';
import { startReactor } from '../../apps/reactor/src/reactor';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

const REACTOR = join(__dirname, '../../dist/apps/reactor/src/main.js');

let system: System;
beforeAll(async () => {
  if (!existsSync(REACTOR)) throw new Error('The reactor runs from dist/. Run `npm run build` first.');
  system = await startSystem();
});
afterAll(() => system.stop());

const aKey = (): AccountKey => domainKey(`d${randomUUID().replaceAll('-', '')}.com`);

/** Long enough ago that nobody is given the time to end it. */
const LONG_AGO = parseInstant('2026-01-05T09:00:00.000Z');

const aMeta = (): CommandMeta => {
  const commandId = randomUUID();
  return { commandId, requestHash: 'hash', actor: randomUUID(), now: LONG_AGO, correlationId: commandId };
};

interface Begun {
  readonly accountId: string;
  readonly meta: CommandMeta;
  readonly keys: readonly AccountKey[];
}

/** Does something to a customer in a process that is killed before its `accesses`th access to the log. */
const begin = async (
  what: { accountId: string; opening?: AccountOpening; key?: AccountKey; meta: CommandMeta },
  accesses: number,
): Promise<'ended' | 'killed'> => {
  const { eventStoreUrl: url, namespace } = system.settings;
  const opener = spawn(
    process.execPath,
    [join(__dirname, 'dying-opener.js'), JSON.stringify({ url, namespace, ...what, accesses })],
    { stdio: 'inherit' },
  );
  const [code, signal] = (await once(opener, 'exit')) as [number | null, NodeJS.Signals | null];
  if (signal === 'SIGKILL') return 'killed';
  expect(code).toBe(0);
  return 'ended';
};

const openingBy = (keys: readonly AccountKey[], legalName = 'Relecloud AG'): AccountOpening =>
  openingOf({ legalName, country: null, keys: [...keys], source: null });

const isOpen = async (accountId: string): Promise<boolean> =>
  (await system.stores.runner.read(account, accountId)).state.status === 'open';

const isNamed = async (key: AccountKey): Promise<boolean> =>
  (await system.stores.runner.read(accountKey, accountKeyId(key))).state.status === 'claimed';

/** A reactor in this process, with connections of its own. */
const withReactor = async (work: () => Promise<void>): Promise<void> => {
  const logger = createLogger(system.settings, 'test');
  const lifetime = new Lifetime(logger);
  await startReactor(await openContext(system.settings, logger, lifetime));
  try {
    await work();
  } finally {
    await lifetime.end();
  }
};

/** Claims a key for an opening and goes no further. */
const leaveClaimed = async (): Promise<Begun> => {
  const keys = [aKey()];
  const meta = aMeta();
  const opening = openingBy(keys);
  const accountId = randomUUID();
  const onTheWay = { ...meta, commandId: randomUUID(), causationId: meta.commandId };
  for (const key of keys)
    await system.stores.runner.run(
      accountKey,
      accountKeyId(key),
      { type: 'ClaimAccountKey', data: { key, accountId, opening } },
      onTheWay,
      {},
    );
  return { accountId, meta, keys };
};

/** Puts the reactor's place where the test wants it. */
const placeAt = (installationId: string, position: string) =>
  system.stores.readSide.pool.query(
    `INSERT INTO ops.process_checkpoint (process, installation_id, position) VALUES ('account-opening', $1, $2)
     ON CONFLICT (process) DO UPDATE SET installation_id = excluded.installation_id, position = excluded.position`,
    [installationId, position],
  );

describe('the reactor', () => {
  it('given whoever opens a customer is killed at any point, then nothing was begun, or the customer opens by itself', async () => {
    const begun: Begun[] = [];
    for (let accesses = 2, end = ''; end !== 'ended'; accesses += 2) {
      const keys = [aKey(), aKey()];
      const meta = aMeta();
      const opening = openingBy(keys);
      const accountId = randomUUID();
      end = await begin({ accountId, opening, meta }, accesses);
      begun.push({ accountId, meta, keys });
    }
    const left: Begun[] = [];
    for (const one of begun)
      if ((await Promise.all(one.keys.map(isNamed))).includes(true) && !(await isOpen(one.accountId))) left.push(one);
    expect(left.length).toBeGreaterThan(1);

    await withReactor(async () => {
      for (const { accountId, keys, meta } of left) {
        await until('the customer is open', () => isOpen(accountId));
        expect(await Promise.all(keys.map(isNamed))).toEqual([true, true]);
        // The request, sent again, is answered as if its process had lived.
        const command = { type: 'OpenAccount', data: openingBy(keys) } as const;
        expect(await system.stores.runner.run(account, accountId, command, meta, {})).toMatchObject({
          repeated: true,
          events: [{ type: 'account-opened', metadata: { actor: meta.actor } }],
        });
      }
    });
  });

  it('given whoever adds a key is killed behind the claim, then the key comes to its customer', async () => {
    const { accountId, meta: opened, keys } = await leaveClaimed();
    const opening = openingBy(keys);
    await system.stores.runner.run(account, accountId, { type: 'OpenAccount', data: opening }, opened, {});
    const key = aKey();
    const meta = aMeta();
    let accesses = 1;
    while (!(await isNamed(key))) expect(await begin({ accountId, key, meta }, accesses++)).toBe('killed');
    const keysOf = async () => {
      const { state } = await system.stores.runner.read(account, accountId);
      return state.status === 'open' ? state.keys : [];
    };
    expect(await keysOf()).not.toContainEqual(key);

    await withReactor(() =>
      until('the key is added', async () => (await keysOf()).some(({ value }) => value === key.value)),
    );
  });

  it('given the reactor itself is killed again and again, then every customer that was begun opens, and opens once', async () => {
    const begun: Begun[] = [];
    for (let index = 0; index < 24; index++) begun.push(await leaveClaimed());
    const openOnes = async () =>
      (await Promise.all(begun.map(({ accountId }) => isOpen(accountId)))).filter(Boolean).length;

    for (let seen = 0; seen < begun.length;) {
      const reactor = spawnReactor();
      const goal = Math.min(seen + 8, begun.length);
      await until(`${goal} customers are open`, async () => (seen = await openOnes()) >= goal);
      reactor.kill('SIGKILL');
      await once(reactor, 'exit');
    }
    for (const { accountId } of begun)
      expect((await system.stores.eventStore.load(`account-${accountId}`)).events).toHaveLength(1);
  });

  it('given its place is behind a claim that was never driven on, then the watchdog finds it', async () => {
    const { accountId } = await leaveClaimed();
    const head = await system.stores.eventStore.newest(categories);
    if (!head) throw new Error('the log is empty');
    await placeAt(system.stores.installationId, formatPosition(head));
    await until('the view shows the claim', async () => {
      const { rowCount } = await system.stores.readSide.pool.query('SELECT FROM rm.account_key WHERE NOT settled');
      return rowCount === 1;
    });

    await withReactor(() => until('the customer is open', () => isOpen(accountId)));
  });

  it('given its place is in another log, then it does not start, and says what to do', async () => {
    await placeAt(deriveId('installation', 'another'), '1/1');

    await expect(withReactor(() => Promise.resolve())).rejects.toThrow(
      'connect the log and the database that belong together',
    );
  });
});

const spawnReactor = (): ChildProcess =>
  spawn(process.execPath, [REACTOR], {
    env: { ...system.environment, TEMPORE_LOG_LEVEL: 'fatal' },
    stdio: 'inherit',
  });
