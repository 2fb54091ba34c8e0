import { randomUUID } from 'node:crypto';

import { parseInstant } from '@tempore/kernel';
import { person, type PersonCommand } from '@tempore/people';

import { Lifetime } from '../../apps/composition/src/lifetime';
import { createLogger } from '../../apps/composition/src/logger';
import { openContext } from '../../apps/composition/src/run-app';
import { startReactor } from '../../apps/reactor/src/reactor';
import type { Caller } from '../harness/caller';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';
import { enterPerson } from './enter-person';

/** Long enough ago that nobody is given the time to end it. */
const LONG_AGO = parseInstant('2026-01-05T09:00:00.000Z');
const SOON_AFTER = parseInstant('2026-01-06T09:00:00.000Z');
const request: PersonCommand = { type: 'RequestErasure', data: { reason: 'The person asked' } };
const hold = (ends: typeof SOON_AFTER | null): PersonCommand => ({
  type: 'PlaceLegalHold',
  data: { holdId: randomUUID(), reason: 'Dispute 17 is open', until: ends },
});

let system: System;
let admin: Caller;
let lifetime: Lifetime;

beforeAll(async () => {
  system = await startSystem();
  admin = await system.as('admin');
  lifetime = new Lifetime(createLogger(system.settings, 'test'));
});
afterAll(async () => {
  await lifetime.end();
  await system.stop();
});

/** A person to whom these commands happened, with nobody to go on. */
const somebody = async (...commands: readonly PersonCommand[]): Promise<string> => {
  const { personId } = await enterPerson(system.stores, null, { name: 'Ada Lovelace' });
  for (const command of commands) {
    const commandId = randomUUID();
    const meta = { commandId, requestHash: '', actor: randomUUID(), now: LONG_AGO, correlationId: commandId };
    await system.stores.runner.run(person, personId, command, meta, { known: true });
  }
  return personId;
};

const statusOf = async (personId: string): Promise<string> =>
  (await system.stores.runner.read(person, personId)).state.status;
const shownAs = async (personId: string): Promise<unknown> =>
  ((await admin.get(`/v1/people/${personId}`)).body as { status?: unknown }).status;

it('given erasures that were left, when the reactor runs, then it ends those that nothing holds up', async () => {
  const begun = await somebody(request);
  const ranOut = await somebody(hold(SOON_AFTER), request);
  const held = await somebody(hold(null), request);
  await until('the views show them', async () => (await shownAs(held)) === 'kept');

  const logger = createLogger(system.settings, 'test');
  await startReactor(await openContext(system.settings, logger, lifetime));

  for (const personId of [begun, ranOut]) {
    await until('it is on record', async () => (await statusOf(personId)) === 'erased');
    expect(await shownAs(personId)).toBe('erased');
  }
  expect(await statusOf(held)).toBe('erasure-requested');

  const later = await somebody(request);
  await until('one that is begun while it runs is ended too', async () => (await statusOf(later)) === 'erased');
  expect(await shownAs(held)).toBe('kept');
});
