import { setTimeout as sleep } from 'node:timers/promises';

import { freshNamespace, type OwnNode, type Proxy, startOwnNode, startProxy, until } from '../../../../test/stores';
import { caughtUp, eventsOf, follow, newEvent, numbered, numberOf, readAll, testStores } from '../../test/kit';
import { type Delivery, type EventStore, StoreUnavailable } from '..';

const open = testStores();
let node: OwnNode;
let proxy: Proxy;
let namespace: string;
/** Sees what really stands in the log. */
let witness: EventStore;

beforeAll(async () => (node = await startOwnNode({ sync: false })));
afterAll(() => node.remove());
beforeEach(async () => {
  proxy = await startProxy(node.port);
  namespace = freshNamespace();
  witness = open({ url: node.url, namespace });
});
afterEach(() => proxy.close());

const QUICK = { tryMs: 400, totalMs: 8_000 };
const BRIEF = { tryMs: 200, totalMs: 800 };
const openBehindProxy = (patience = QUICK): EventStore =>
  open({ url: `esdb://127.0.0.1:${proxy.port}?tls=false`, namespace, patience });

const fill = async (store: EventStore, stream: string, count: number, make = numbered): Promise<void> => {
  const step = make === numbered ? 50 : 5;
  for (let n = 0; n < count; n += step) await store.append(stream, n === 0 ? 'none' : BigInt(n - 1), make(step, n));
};

/** Events so large that a hundred of them fill every buffer on the way. */
const bulky = (count: number, from = 0): ReturnType<typeof numbered> =>
  numbered(count, from).map((event) => ({
    ...event,
    data: { n: numberOf(event), text: 'x'.repeat(100_000) },
  })) as ReturnType<typeof numbered>;

const stands = async (stream: string, count: number): Promise<void> =>
  until(`${count} events stand in ${stream}`, async () => (await witness.load(stream)).events.length === count);

describe('an append over a bad wire', () => {
  it('given the connection is cut between the store and the answer, then it takes effect once and is answered', async () => {
    const store = openBehindProxy();
    await store.append('box-1', 'none', numbered(1));
    proxy.treat({ answers: 'hold' });
    const append = store.append('box-1', 0n, numbered(2, 1));
    await stands('box-1', 3);
    proxy.cut();
    expect((await append).revision).toBe(2n);
    expect((await witness.load('box-1')).events.map(numberOf)).toEqual([0, 1, 2]);
  });

  it('given the connection is cut before the request gets through, then it takes effect once and is answered', async () => {
    const store = openBehindProxy();
    await store.append('box-1', 'none', numbered(1));
    proxy.treat({ requests: 'swallow' });
    const append = store.append('box-1', 0n, numbered(2, 1));
    proxy.cut();
    expect((await append).revision).toBe(2n);
    expect((await witness.load('box-1')).events.map(numberOf)).toEqual([0, 1, 2]);
  });

  it.each(['requests', 'answers'] as const)(
    'given a connection that looks open and loses all %s, then the append goes over a new one',
    async (direction) => {
      // Long enough for the second try on a busy machine: given up, it would take a third connection.
      const store = openBehindProxy({ tryMs: 1_000, totalMs: 20_000 });
      await store.append('box-1', 'none', numbered(1));
      proxy.treat({ [direction]: 'swallow' });
      expect((await store.append('box-1', 0n, numbered(2, 1))).revision).toBe(2n);
      expect(proxy.connections()).toBe(2);
      expect((await witness.load('box-1')).events.map(numberOf)).toEqual([0, 1, 2]);
    },
  );

  it('given answers are late, then it waits for them', async () => {
    const store = openBehindProxy({ tryMs: 20_000, totalMs: 20_000 });
    await store.append('box-1', 'none', numbered(1));
    proxy.treat({ answers: 'hold' });
    const append = store.append('box-1', 0n, numbered(2, 1));
    await stands('box-1', 3);
    proxy.treat({ answers: 'pass' });
    expect((await append).revision).toBe(2n);
    expect(proxy.connections()).toBe(1);
  });

  it('given the answering half is closed, then it takes effect once and is answered', async () => {
    const store = openBehindProxy();
    await store.append('box-1', 'none', numbered(1));
    proxy.treat({ answers: 'hold' });
    const append = store.append('box-1', 0n, numbered(2, 1));
    await stands('box-1', 3);
    proxy.halfClose();
    expect((await append).revision).toBe(2n);
    expect((await witness.load('box-1')).events.map(numberOf)).toEqual([0, 1, 2]);
  });

  it('given the wire breaks again and again under load, then each append takes effect once and is answered', async () => {
    const store = openBehindProxy({ tryMs: 2_000, totalMs: 30_000 });
    let answered = 0;
    const writers = Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        for (let k = 0; k < 10; k++) {
          await store.append(`box-${n}`, k === 0 ? 'none' : BigInt(k - 1), numbered(1, k));
          answered++;
        }
      }),
    );
    for (const threshold of [40, 120, 200, 280, 360]) {
      await until(`${threshold} are answered`, () => answered >= threshold);
      proxy.cut();
    }
    await writers;
    const events = await readAll(witness, { categories: ['box'] });
    expect(events).toHaveLength(400);
    expect(new Set(events.map(({ stream, data }) => `${stream} ${(data as { n: number }).n}`)).size).toBe(400);
  });

  it('trap: a write that waits for room ends the process: given the node stalls and dies under load, then all go on', async () => {
    const store = open({ url: node.url, namespace, patience: { tryMs: 20_000, totalMs: 30_000 } });
    await store.append('box-0', 'none', [newEvent()]);
    node.freeze();
    const appends = Array.from({ length: 100 }, (_, n) => store.append(`bulk-${n}`, 'none', bulky(1, n)));
    await sleep(100);
    await node.kill();
    await node.start();
    expect(await Promise.all(appends)).toHaveLength(100);
    expect((await readAll(witness, { categories: ['bulk'] })).map(numberOf).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, n) => n),
    );
  });
});

describe('a node that is killed', () => {
  it('given kill -9 in the middle of load, when it is back, then every acknowledged append is there once, in order', async () => {
    const durable = await startOwnNode();
    const store = open({ url: durable.url, patience: { tryMs: 2_000, totalMs: 40_000 } });
    const acknowledged: string[] = [];
    let running = true;
    const writers = Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        for (let k = 0; running; k++) {
          const [event] = numbered(1, k);
          await store.append(`box-${n}`, k === 0 ? 'none' : BigInt(k - 1), [event]);
          acknowledged.push(event.id);
        }
      }),
    );
    for (let kills = 1; kills <= 3; kills++) {
      const soFar = acknowledged.length;
      await until('appends are acknowledged', () => acknowledged.length > soFar + 100);
      await durable.kill();
      await durable.start();
    }
    running = false;
    await writers;
    const events = await readAll(store, { categories: ['box'] });
    expect(events.map(({ id }) => id).sort()).toEqual([...acknowledged].sort());
    for (let n = 0; n < 30; n++) {
      const own = events.filter(({ stream }) => stream === `box-${n}`);
      expect(own.map(numberOf)).toEqual(own.map((__, k) => k));
    }
    await durable.remove();
  });

  it('given it is down for longer than anybody waits, then calls fail as unavailable, and work when it is back', async () => {
    const store = open({ url: node.url, namespace, patience: BRIEF });
    const events = numbered(2);
    await store.append('box-1', 'none', events);
    await node.kill();

    const begun = performance.now();
    await Promise.all([
      expect(store.append('box-1', 1n, numbered(1, 2))).rejects.toThrow(StoreUnavailable),
      expect(store.load('box-1')).rejects.toThrow(StoreUnavailable),
      expect(store.newest(['box'])).rejects.toThrow(StoreUnavailable),
    ]);
    expect(performance.now() - begun).toBeLessThan(5_000);

    await node.start();
    await until('it answers', () => isThere(store.load('box-1')));
    expect((await store.load('box-1')).revision).toBe(1n);
    expect((await store.append('box-1', 1n, numbered(1, 2))).revision).toBe(2n);
    expect(await store.newest(['box'])).toBeDefined();
  });

  it('given it stands still, then calls fail as unavailable in time, and what got through is there once', async () => {
    const store = open({ url: node.url, namespace, patience: BRIEF });
    await store.append('box-1', 'none', numbered(1));
    node.freeze();
    const events = numbered(1, 1);
    await Promise.all([
      expect(store.append('box-1', 0n, events)).rejects.toThrow(StoreUnavailable),
      expect(store.load('box-1')).rejects.toThrow(StoreUnavailable),
    ]);
    node.thaw();
    await until('it answers', () =>
      store.load('box-1').then(
        () => true,
        () => false,
      ),
    );
    await store.append('box-1', 0n, events);
    expect((await witness.load('box-1')).events.map(numberOf)).toEqual([0, 1]);
  });

  it('given a thousand calls wait while it is down, then none of them waits for longer than its time', async () => {
    const store = open({ url: node.url, namespace, patience: BRIEF, maxInFlight: 8 });
    await node.kill();
    const begun = performance.now();
    const outcomes = await Promise.allSettled(
      numbered(1_000).map((event, n) => store.append(`box-${n}`, 'none', [event])),
    );
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(performance.now() - begun).toBeLessThan(5_000);
    await node.start();
  });

  it('given several nodes are named and some are down, then the one that is up is found', async () => {
    const [dead, gone] = [await startProxy(node.port), await startProxy(node.port)];
    await Promise.all([dead.close(), gone.close()]);
    const store = open({
      url: `esdb://127.0.0.1:${dead.port},127.0.0.1:${node.port},127.0.0.1:${gone.port}?tls=false`,
      namespace,
    });
    await store.append('box-1', 'none', numbered(1));
    expect((await store.load('box-1')).revision).toBe(0n);
  });

  it('given clients discover the cluster and it is down, then calls fail as unavailable, and work when it is back', async () => {
    const store = open({
      url: `esdb+discover://127.0.0.1:${node.port}?tls=false&maxDiscoverAttempts=2`,
      namespace,
      patience: BRIEF,
    });
    await store.append('box-1', 'none', numbered(1));
    await node.kill();
    await expect(store.append('box-1', 0n, numbered(1, 1))).rejects.toThrow(StoreUnavailable);
    await expect(store.load('box-1')).rejects.toThrow(StoreUnavailable);
    await node.start();
    const again = numbered(1, 1);
    await until('appends work', () => isThere(store.append('box-1', 0n, again)));
    expect((await store.load('box-1')).revision).toBe(1n);
  });
});

/** Whether a call is answered; while it is not, it says that the store is unavailable and nothing else. */
const isThere = (call: Promise<unknown>): Promise<boolean> =>
  call.then(
    () => true,
    (error: unknown) => {
      expect(error).toBeInstanceOf(StoreUnavailable);
      return false;
    },
  );

describe('a read over a bad wire', () => {
  it('trap: a read has no deadline: given it is never answered, then it is given up after its time', async () => {
    const store = openBehindProxy(BRIEF);
    await store.append('box-1', 'none', numbered(1));
    proxy.treat({ answers: 'swallow' });
    await expect(store.load('box-1')).rejects.toThrow(StoreUnavailable);
  });

  it('given the connection is cut in the middle, then all of the stream is read', async () => {
    const store = openBehindProxy();
    await fill(witness, 'box-1', 200, bulky);
    const load = store.load('box-1');
    await until('a part came through', () => proxy.answered() > 1_000_000);
    proxy.cut();
    expect((await load).events.map(numberOf)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  });

  it('given the store is closed in the middle, then the read fails and is not taken for complete', async () => {
    const store = openBehindProxy();
    await fill(witness, 'box-1', 200, bulky);
    const load = expect(store.load('box-1')).rejects.toThrow(StoreUnavailable);
    await until('a part came through', () => proxy.answered() > 1_000_000);
    await store.close();
    await load;
  });

  it('given an append stays without an answer, then a read that is under way is not cut short', async () => {
    const store = openBehindProxy({ tryMs: 300, totalMs: 20_000 });
    await fill(witness, 'box-1', 200, bulky);
    const load = store.load('box-1');
    await until('a part came through', () => proxy.answered() > 1_000_000);
    proxy.treat({ answers: 'hold' });
    const append = store.append('box-2', 'none', [newEvent()]);
    await append;
    proxy.treat({ answers: 'pass' });
    expect((await load).events).toHaveLength(200);
  });
});

describe('a subscription over a bad wire', () => {
  it('given the node is killed and comes back, then it goes on without a gap and without a repeat', async () => {
    const own = await startOwnNode();
    const store = open({ url: own.url, patience: { tryMs: 2_000, totalMs: 30_000 } });
    const writer = (async () => {
      for (let n = 0; n < 30; n++)
        await store.append('box-1', n === 0 ? 'none' : BigInt(20 * n - 1), numbered(20, 20 * n));
    })();
    const reconnects: unknown[] = [];
    const kill = async (): Promise<void> => {
      await own.kill();
      await own.start();
    };
    let kills: Promise<void> = Promise.resolve();
    let killedAt = 0;
    const deliveries = await follow(
      store,
      { categories: ['box'], onReconnect: (error) => reconnects.push(error) },
      (soFar) => {
        const count = eventsOf(soFar).length;
        if (count >= killedAt + 150 && count < 600) {
          killedAt = count;
          kills = kills.then(kill);
        }
        return count >= 600;
      },
    );
    await writer;
    await kills;
    expect(eventsOf(deliveries).map(numberOf)).toEqual(Array.from({ length: 600 }, (_, n) => n));
    expect(reconnects.length).toBeGreaterThan(0);
    await own.remove();
  });

  it('given the wire is cut again and again, then it goes on without a gap and without a repeat', async () => {
    const store = openBehindProxy();
    await fill(witness, 'box-1', 2_000);
    let cuts = 0;
    const deliveries = await follow(store, { categories: ['box'], batchSize: 20 }, (soFar) => {
      const count = eventsOf(soFar).length;
      if (count > 300 * (cuts + 1)) {
        cuts++;
        proxy.cut();
      }
      return caughtUp(soFar);
    });
    expect(eventsOf(deliveries).map(numberOf)).toEqual(Array.from({ length: 2_000 }, (_, n) => n));
    expect(cuts).toBeGreaterThan(3);
  });

  it('given the answering half is closed while it waits, then it reconnects and is given what comes', async () => {
    const store = openBehindProxy();
    await witness.append('box-1', 'none', numbered(1));
    const deliveries = await follow(store, { categories: ['box'] }, async (soFar) => {
      if (caughtUp(soFar) && proxy.connections() === 1) {
        proxy.halfClose();
        await witness.append('box-1', 0n, numbered(1, 1));
      }
      return eventsOf(soFar).length === 2;
    });
    expect(eventsOf(deliveries).map(numberOf)).toEqual([0, 1]);
  });

  it('given a connection that looks open and loses everything, then it notices, and is given what came meanwhile', async () => {
    // The client, which means it well, warns of so short an interval.
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const quick = '&keepAliveInterval=300&keepAliveTimeout=300';
    const store = open({ url: `esdb://127.0.0.1:${proxy.port}?tls=false${quick}`, namespace });
    await witness.append('box-1', 'none', numbered(1));
    const deliveries = await follow(store, { categories: ['box'] }, async (soFar) => {
      if (caughtUp(soFar) && proxy.connections() === 1) {
        proxy.treat({ requests: 'swallow', answers: 'swallow' });
        await witness.append('box-1', 0n, numbered(1, 1));
      }
      return eventsOf(soFar).length === 2;
    });
    expect(eventsOf(deliveries).map(numberOf)).toEqual([0, 1]);
    expect(warn).toHaveBeenCalled();
    warn.mockRestore();
  });

  it('trap: a discovery that fails ends the process: given the cluster is lost while it is looked for, then all go on', async () => {
    const store = open({
      url: `esdb+discover://127.0.0.1:${node.port}?tls=false&maxDiscoverAttempts=1&gossipTimeout=2`,
      namespace,
      patience: BRIEF,
    });
    await store.append('box-1', 'none', numbered(1));
    const abort = new AbortController();
    const deliveries: Delivery[] = [];
    let reconnects = 0;
    const onReconnect = () => reconnects++;
    const following = (async () => {
      for await (const one of store.subscribe({ categories: ['box'], signal: abort.signal, onReconnect }))
        deliveries.push(one);
    })();
    await until('it waits at the end', () => caughtUp(deliveries));
    node.freeze();
    // It leaves the connection, to look for another one, while the subscription still holds on to it.
    await expect(store.append('box-1', 0n, numbered(1, 1))).rejects.toThrow(StoreUnavailable);
    await node.kill();
    await until('nothing was found for a while', () => reconnects > 2);
    await node.start();
    await witness.append('box-1', 0n, numbered(1, 1));
    await until('it goes on', () => eventsOf(deliveries).length === 2);
    abort.abort();
    await following;
    expect(eventsOf(deliveries).map(numberOf)).toEqual([0, 1]);
  });

  it('given no node answers, when the signal is aborted, then it ends at once', async () => {
    const store = openBehindProxy();
    await proxy.close();
    const abort = new AbortController();
    let tries = 0;
    const onReconnect = () => tries++;
    const following = (async () => {
      const deliveries: Delivery[] = [];
      for await (const one of store.subscribe({ categories: ['box'], signal: abort.signal, onReconnect }))
        deliveries.push(one);
      return deliveries;
    })();
    await until('it was tried', () => tries > 2);
    const asked = performance.now();
    abort.abort();
    expect(await following).toEqual([]);
    expect(performance.now() - asked).toBeLessThan(1_000);
    proxy = await startProxy(node.port);
  });

  it('given a consumer that does not read on, then the store is made to wait: little more comes over the wire', async () => {
    const store = openBehindProxy();
    await fill(witness, 'box-1', 500, bulky);
    const abort = new AbortController();
    const deliveries = store.subscribe({ categories: ['box'], batchSize: 5, signal: abort.signal });
    const consumer = deliveries[Symbol.asyncIterator]();
    await consumer.next();
    let before = -1;
    await until('nothing more comes', async () => {
      const quiet = before === proxy.answered();
      before = proxy.answered();
      await sleep(200);
      return quiet;
    });
    // Of 50 MB in all.
    expect(proxy.answered()).toBeLessThan(15_000_000);
    abort.abort();
    await consumer.next();
  });
});
