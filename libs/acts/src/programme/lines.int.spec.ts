import { randomUUID } from 'node:crypto';

import { docket, docketId } from '@tempore/dockets';
import { CommandRunner, type EventStore, openEventStore } from '@tempore/event-store';
import { addDays, deriveId, type DomainEvent, type EventMetadata } from '@tempore/kernel';
import { lines, PROGRAMME } from '@tempore/programme';
import { filedClaim, NOW } from '@tempore/testing';
import { pino } from 'pino';

import { eventStoreUrl, freshNamespace } from '../../../../test/stores';
import { docketOf, foundLines, readLine } from './lines';

const logger = pino({ level: 'silent' });
const [contoso, adatum] = [deriveId('account', 'contoso'), deriveId('account', 'adatum')];

let store: EventStore;
let runner: CommandRunner;
let installationId: string;

beforeEach(() => {
  store = openEventStore({ url: eventStoreUrl(), namespace: freshNamespace() });
  runner = new CommandRunner(store);
  installationId = randomUUID();
});
afterEach(() => store.close());

const metadata: EventMetadata = {
  $correlationId: 'c',
  $causationId: 'c',
  actor: 'a',
  commandId: 'c',
  requestHash: '',
  occurredAt: NOW,
  recordedAt: NOW,
  decider: 'docket@1',
  schemaVersion: 1,
};

/** A fact as a release without a catalogue left it in the log. */
const happened = async (stream: string, { type, data }: DomainEvent): Promise<void> => {
  const { revision } = await store.load(stream);
  await store.append(stream, revision, [{ id: randomUUID(), type, data, metadata }]);
};
const filed = (spelling: string, accountId: string, key = spelling.toLowerCase()): Promise<void> =>
  happened(`docket-${docketId(accountId, key)}`, filedClaim('northwind', NOW, { accountId, productLine: spelling }));

const found = (production = false, from = new CommandRunner(store)): Promise<void> =>
  foundLines({ runner: from, eventStore: store, installationId }, NOW, { production, logger });
const catalogue = async () => (await runner.read(lines, PROGRAMME)).state;
const codes = async () => [...(await catalogue()).lines.keys()];

it('given an empty store, then it begins with lines to try, and in production with none', async () => {
  await found();
  expect(await codes()).toEqual(['Gateway', 'Sensor', 'Edge']);
});

it('given an empty store in production, then its catalogue begins empty', async () => {
  await found(true);
  expect(await codes()).toEqual([]);
  expect((await catalogue()).founded).toBe(true);
});

it.each([true, false])(
  'given a log that names lines, then these are the catalogue (production %s)',
  async (production) => {
    await filed('GTX Pro', contoso);
    await happened('partner-1', {
      type: 'partner-lines-agreed',
      data: { lines: [{ productLine: 'gtx  pro', minimumTier: 'bronze', certifiedPeople: 0 }], reason: 'Agreed' },
    });
    await happened('partner-1', {
      type: 'certificate-recorded',
      data: {
        certificateId: randomUUID(),
        personId: randomUUID(),
        productLine: 'MG Special',
        validFrom: NOW,
        validUntil: addDays(NOW, 1),
      },
    });
    await found(production);
    expect((await codes()).toSorted()).toEqual(['GTX Pro', 'MG Special']);
    expect((await readLine(runner, 'Gtx pro')).code).toBe('GTX Pro');
    await expect(readLine(runner, 'Gateway')).rejects.toMatchObject({ code: 'LINE_UNKNOWN' });
  },
);

it('given dockets that were opened under several spellings, then each line finds those that are there', async () => {
  await filed('Gateway', contoso);
  await filed('G\u0430teway', adatum);
  await filed('Sensor', contoso, 'Sensor');
  await found();
  const [gateway, sensor] = [await readLine(runner, 'GATEWAY'), await readLine(runner, 'sensor')];
  expect(await docketOf(runner, contoso, gateway)).toBe(docketId(contoso, 'gateway'));
  expect(await docketOf(runner, adatum, gateway)).toBe(docketId(adatum, 'g\u0430teway'));
  expect(await docketOf(runner, contoso, sensor)).toBe(docketId(contoso, 'Sensor'));
  expect((await runner.read(docket, await docketOf(runner, adatum, gateway))).state.claims).toHaveLength(1);
  const nobodys = deriveId('account', 'new');
  expect(await docketOf(runner, nobodys, gateway)).toBe(docketId(nobodys, 'gateway'));
});

it('given an event that cannot be read, then the start goes on, with what the others name', async () => {
  await happened('partner-1', { type: 'partner-lines-agreed', data: { lines: 'none' } });
  await filed('Gateway', contoso);
  await found();
  expect(await codes()).toEqual(['Gateway']);
});

it('given several first starts at once, then the catalogue is founded once, and no later start founds it anew', async () => {
  await Promise.all(Array.from({ length: 3 }, () => found(false, new CommandRunner(store))));
  await filed('Router', contoso);
  await found();
  expect((await store.load(`lines-${PROGRAMME}`)).events).toHaveLength(1);
  expect(await codes()).toEqual(['Gateway', 'Sensor', 'Edge']);
});
