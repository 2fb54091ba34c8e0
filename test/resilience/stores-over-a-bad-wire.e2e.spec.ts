import { setTimeout as sleep } from 'node:timers/promises';

import { lasting, type OwnNode, type Proxy, startOwnNode, startProxy } from '../stores';
import { Load } from './load';
import { findingsOf } from './outage-check';
import { type Product, startProduct } from './outage-product';
import { type OwnPostgres, startOwnPostgres } from './outage-stores';

const LATE_MS = 500;
/** A query is given up after that, well above how late it may be. */
const QUERY_MS = 3_000;

let node: OwnNode;
let postgres: OwnPostgres;
let wires: Readonly<Record<'event node' | 'PostgreSQL', Proxy>>;
let product: Product;
let load: Load;
let loaded: Promise<void>;
let processes: readonly number[];

const hold = lasting();
const stopLoad = (one: Load): Promise<void> => {
  one.stop();
  return loaded;
};

beforeAll(async () => {
  [node, postgres] = await Promise.all([
    hold(startOwnNode(), (one) => one.remove()),
    hold(startOwnPostgres(), (one) => one.remove()),
  ]);
  const wire = (port: number): Promise<Proxy> => hold(startProxy(port), (one) => one.close());
  wires = { 'event node': await wire(node.port), PostgreSQL: await wire(postgres.port) };
  const stores = {
    eventStoreUrl: node.url.replace(`${node.port}`, `${wires['event node'].port}`),
    databaseUrl: `${postgres.url.replace(`:${postgres.port}/`, `:${wires.PostgreSQL.port}/`)}&query_timeout=${QUERY_MS}`,
  };
  product = await hold(startProduct(stores, ['api', 'projector', 'reactor']), (one) => one.stop());
  processes = product.processes();
  load = await hold(Promise.resolve(new Load(product, 11)), stopLoad);
  loaded = load.run(2);
});

/** Until so many more requests were answered. */
const answered = (count: number): Promise<void> => load.answered(load.answers + count);

const troubles: Readonly<Record<string, (wire: Proxy) => Promise<void>>> = {
  'cut again and again': async (wire) => {
    for (let times = 0; times < 3; times++) {
      wire.cut();
      await answered(2);
    }
  },
  'half closed': (wire) => {
    wire.halfClose();
    return answered(5);
  },
  'open, and loses everything': (wire) => {
    wire.treat({ requests: 'swallow', answers: 'swallow' });
    return answered(5);
  },
  late: async (wire) => {
    for (let times = 0; times < 2; times++) {
      wire.treat({ requests: 'hold', answers: 'hold' });
      await sleep(LATE_MS);
      wire.treat({ requests: 'pass', answers: 'pass' });
      await answered(2);
    }
  },
};

describe.each(['event node', 'PostgreSQL'] as const)('a bad wire between every app and the %s', (store) => {
  it.each(Object.entries(troubles))(
    'given it is %s, then commands are answered again and no process ends',
    async (_, bring) => {
      await answered(2);
      await bring(wires[store]);
      expect(product.processes()).toEqual(processes);
    },
  );
});

it('given all that under load, when everything has come to rest, then nothing is lost, doubled or half-done', async () => {
  load.stop();
  await loaded;
  const untroubled = { ...product.settings, eventStoreUrl: node.url, databaseUrl: postgres.url };
  const { counts, violations } = await findingsOf(untroubled, load);
  expect(violations).toEqual([]);
  expect(counts.acknowledged).toBeGreaterThan(0);
  expect(counts.filings).toBeGreaterThan(2);
});
