import { join } from 'node:path';

import { categories } from '@tempore/catalogue';
import { deal, DEAL } from '@tempore/deals';
import { DOCKET } from '@tempore/dockets';
import type { StoredEvent } from '@tempore/kernel';

import { readPlace, savePlace } from '../../apps/composition/src/place';
import { type Caller, idOf } from '../harness/caller';
import { eventsOf, recordedAt } from '../harness/log';
import { aDeal, enrol } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';
import { expectPoints, HOOK, orderDeath } from './points/death';
import { superviseApp, type SupervisedApp } from './processes';

/** So long a registration may be open before the watchdog takes it up, which looks every thirty seconds. */
const OPEN_FOR_MS = 15_000;
/** A busy machine takes longer; a registration that was lost is never taken up. */
const GIVEN_UP_AFTER_MS = 120_000;

const SMALL = { oneTime: { minorUnits: 2_000_000, currency: 'USD' } };

let system: System;
let partner: Caller;
const running: SupervisedApp[] = [];
beforeAll(async () => {
  expectPoints();
  system = await startSystem();
  partner = (await enrol(system, { tier: 'silver' })).caller;
});
afterAll(async () => {
  for (const app of running) await app.stop();
  await system.stop();
});

/** Drafts a deal, and submits it to a process that dies with the filing in the log and nothing behind it. */
const fileAndDie = async (): Promise<string> => {
  const orders = join(system.settings.dataDir, 'order');
  const env = { ...system.environment, TEMPORE_LOG_LEVEL: 'info', RESILIENCE_POINT: orders };
  const api = superviseApp('api', env, [HOOK]);
  try {
    const dealId = idOf(await partner.post('/v1/deals', aDeal(await partner.handIn(), { value: SMALL })));
    await until('the API answers', () => api.address() !== undefined);
    const dying = orderDeath(orders, 'docket-before-deal', 0);
    await expect(partner.at(api.address() ?? '').post(`/v1/deals/${dealId}/submission`)).rejects.toThrow();
    expect(await dying).toBe(true);
    return dealId;
  } finally {
    await api.stop();
  }
};

const timeOf = (event: StoredEvent | undefined): number => Date.parse(recordedAt(event));

/** Has the reactor believe that it has done all that the log left to be done for registrations. */
const passOver = async (): Promise<void> => {
  const { eventStore, readSide, installationId } = system.stores;
  const head = await eventStore.newest(categories);
  if (!head) throw new Error('the log is empty');
  const place = { process: 'deal-registration', installationId };
  await savePlace(readSide.pool, place, head);
  expect(await readPlace(readSide.pool, place)).toEqual(head);
};

it('given a filing whose process died behind it, and a reactor whose place is beyond, then the watchdog ends the registration', async () => {
  const dealId = await fileAndDie();
  expect((await eventsOf(system, DOCKET)).map(({ type }) => type)).toEqual(['claim-filed']);
  expect((await system.stores.runner.read(deal, dealId)).state.status).toBe('draft');
  await passOver();

  running.push(superviseApp('reactor', system.environment));

  const filedAt = timeOf((await eventsOf(system, DOCKET)).at(0));
  const docketEvents = () => eventsOf(system, DOCKET);
  await until('a rule approves it', async () => (await docketEvents()).length > 1, GIVEN_UP_AFTER_MS);
  expect((await docketEvents()).map(({ type }) => type)).toEqual(['claim-filed', 'claim-approved']);
  const [submitted, ...others] = (await eventsOf(system, DEAL)).filter(({ type }) => type === 'deal-submitted');
  expect([submitted?.stream, others]).toEqual([`${DEAL}-${dealId}`, []]);
  // Sooner it would not have been the watchdog's doing.
  expect(timeOf(submitted) - filedAt).toBeGreaterThanOrEqual(OPEN_FOR_MS);
});
