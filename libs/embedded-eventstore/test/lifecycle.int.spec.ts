import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectHttp2, type Settings } from 'node:http2';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

import { EventStoreDBClient, jsonEvent, type ResolvedEvent } from '@eventstore/db-client';

import { type LaunchedNode, type LaunchOptions, startEventStoreNode } from '../src';
import { collect, numbered, temporaryDirectory, until } from './support';

const main = resolve(__dirname, '../../../dist/libs/embedded-eventstore/src/main.js');

describe('given a node in a process of its own', () => {
  const directory = temporaryDirectory();
  const started: LaunchedNode[] = [];
  const clients: EventStoreDBClient[] = [];
  const start = async (options: Partial<LaunchOptions> = {}): Promise<LaunchedNode> => {
    const node = await startEventStoreNode({ dataDir: directory.path, ...options });
    started.push(node);
    return node;
  };
  const connect = (url: string): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(url);
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
    await Promise.all(started.splice(0).map((node) => node.stop()));
  });
  afterAll(directory.remove);

  it('when it is killed under load, every acknowledged append is there once and none is half there', async () => {
    const acknowledged: string[] = [];
    const sent = new Map<string, string[]>();
    for (let round = 0; round < 3; round++) {
      const node = await start();
      const client = connect(node.url);
      const write = async (writer: number): Promise<void> => {
        for (let n = 0; ; n++) {
          const events = numbered(1 + (n % 4), n);
          const name = `${round}-${writer}-${n}`;
          sent.set(
            name,
            events.map(({ id }) => id),
          );
          await client.appendToStream(
            'killed',
            events.map((event) => ({ ...event, metadata: { name } })),
          );
          acknowledged.push(name);
        }
      };
      const before = acknowledged.length;
      const writers = Promise.allSettled(Array.from({ length: 16 }, (_, writer) => write(writer)));
      await until(() => acknowledged.length > before + 200);
      process.kill(node.pid, 'SIGKILL');
      await writers;
      await expect(node.exited).resolves.toMatchObject({ code: null, signal: 'SIGKILL' });
    }

    const { url } = await start();
    const found = new Map<string, string[]>();
    for (const { event } of await collect(connect(url).readStream('killed'))) {
      const { name } = event?.metadata as { name: string };
      found.set(name, [...(found.get(name) ?? []), event?.id ?? '']);
    }
    expect(acknowledged.filter((name) => !found.has(name))).toEqual([]);
    for (const [name, ids] of found) expect(ids).toEqual(sent.get(name));
  });

  it('when it stops, subscriptions end with CANCELLED and what was acknowledged is kept', async () => {
    const node = await start();
    const client = connect(node.url);
    const subscription = client.subscribeToAll();
    const ended = new Promise((resolve) => subscription.on('error', resolve));
    subscription.on('data', () => undefined);
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    await client.appendToStream('stopped', numbered(3));
    await node.stop();
    await expect(node.exited).resolves.toMatchObject({ code: 0, signal: null });
    await expect(ended).resolves.toMatchObject({ type: 'cancelled' });

    const again = await start();
    await expect(collect(connect(again.url).readStream('stopped'))).resolves.toHaveLength(3);
  });

  it('when it stops while appends come in, each of them is either kept or ends with an error, and none hangs', async () => {
    const node = await start();
    const client = connect(node.url);
    const outcomes: boolean[] = [];
    const write = async (writer: number): Promise<void> => {
      for (let n = 0; ; n++) {
        const result = await client.appendToStream(`stopping-${writer}-${n}`, numbered(1)).then(
          () => true,
          () => false,
        );
        outcomes.push(result);
        if (!result) return;
        written.push(`stopping-${writer}-${n}`);
      }
    };
    const written: string[] = [];
    const writers = Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
    await until(() => outcomes.length > 50);
    await node.stop();
    await writers;
    expect(outcomes.filter((kept) => !kept)).toHaveLength(8);

    const again = await start();
    const streams = new Set((await collect(connect(again.url).readAll())).map(({ event }) => event?.streamId));
    expect(written.filter((stream) => !streams.has(stream))).toEqual([]);
  });

  it('when it is started again under a connected client, the client goes on', async () => {
    const node = await start();
    const client = connect(node.url);
    await client.appendToStream('restarted', numbered(1), { expectedRevision: 'no_stream' });
    await node.stop();
    await start({ port: node.port });
    const retry = (): Promise<unknown> =>
      client.appendToStream('restarted', numbered(1, 1), { expectedRevision: 0n }).catch(retry);
    await retry();
    await expect(collect(client.readStream('restarted'))).resolves.toHaveLength(2);
  });

  it('when a second one is started on its directory, that one says so and ends', async () => {
    const node = await start();
    await expect(startEventStoreNode({ dataDir: directory.path })).rejects.toThrow(
      new RegExp(`is open in another process \\(pid ${node.pid}\\)`),
    );
    await expect(connect(node.url).appendToStream('alone', numbered(1))).resolves.toMatchObject({ success: true });
  });

  it('when its port is taken, it says so and ends', async () => {
    const node = await start();
    const other = temporaryDirectory();
    await expect(startEventStoreNode({ dataDir: other.path, port: node.port })).rejects.toThrow(/Cannot listen on/);
    other.remove();
  });

  it('when it is asked to serve production, it refuses unless it is forced', async () => {
    const serve = (...options: string[]) =>
      spawn(process.execPath, [main, '--data', directory.path, '--port=0', ...options], {
        env: { ...process.env, NODE_ENV: 'production' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    const refused = serve();
    const words = text(refused.stderr);
    await expect(once(refused, 'exit')).resolves.toEqual([1, null]);
    await expect(words).resolves.toMatch(/NODE_ENV is production/);

    const forced = serve('--force-production');
    const log = text(forced.stderr);
    await once(forced.stdout, 'data');
    forced.kill();
    await expect(log).resolves.toMatch(/forced: one node, no replication/);
  });

  it('when a client connects, it is told to have a hundred calls open at most, as by the real server', async () => {
    const { port } = await start();
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const [settings] = (await once(session, 'remoteSettings')) as [Settings];
    session.close();
    expect(settings.maxConcurrentStreams).toBe(100);
  });

  it('when clients discover the cluster, they find the one node', async () => {
    const node = await start();
    const client = connect(`esdb+discover://127.0.0.1:${node.port}?tls=false`);
    await expect(client.appendToStream('discovered', numbered(1))).resolves.toMatchObject({ success: true });
  });

  it('when the process that started it is killed, it ends, and the next start takes the log over', async () => {
    const launch = `require(${JSON.stringify(resolve(main, '../index.js'))})
      .startEventStoreNode({ dataDir: ${JSON.stringify(directory.path)} })
      .then((node) => console.log(node.pid));`;
    const parent = spawn(process.execPath, ['-e', launch], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    parent.kill('SIGKILL');
    const next = await start();
    expect(next.pid).not.toBe(Number(line));
    await expect(connect(next.url).appendToStream('taken-over', numbered(1))).resolves.toMatchObject({ success: true });
  });
});

/** On a disk of its own, of a few megabytes, in a name space of its own where the system allows that. */
const onSmallDisk = (directory: string, ...command: string[]): [string, string[]] => [
  'unshare',
  ['-rm', 'sh', '-c', `mount -t tmpfs -o size=12m tmpfs "${directory}" && exec "$0" "$@"`, ...command],
];

(spawnSync(...onSmallDisk(tmpdir(), 'true')).status === 0 ? it : it.skip)(
  'given a disk that fills up, when the node ends, then its log names the disk',
  async () => {
    const directory = temporaryDirectory();
    const node = spawn(...onSmallDisk(directory.path, process.execPath, main, '--data', directory.path, '--port=0'));
    const words = text(node.stderr);
    const exited = once(node, 'exit');
    const [line] = (await once(createInterface({ input: node.stdout }), 'line')) as [string];
    const client = EventStoreDBClient.connectionString((JSON.parse(line) as { url: string }).url);
    const fill = async (): Promise<void> => {
      for (;;) await client.appendToStream('full', jsonEvent({ type: 'big', data: { filling: 'x'.repeat(50_000) } }));
    };
    await expect(fill()).rejects.toThrow();
    await exited;
    await client.dispose();
    expect(await words).toMatch(/the node cannot go on: the disk is full/);
    directory.remove();
  },
);

/** A limit on the size of files stands for a full disk: the log cannot grow any more. */
(process.platform === 'win32' ? describe.skip : describe)('given a disk that is full', () => {
  it('when the log cannot be written, the call fails, the node ends, and what was acknowledged is kept', async () => {
    const directory = temporaryDirectory();
    const blocks = 4_000;
    const limited = spawn(
      'sh',
      ['-c', `ulimit -f ${blocks}; exec "$0" "$@"`, process.execPath, main, '--data', directory.path, '--port=0'],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    const exited = once(limited, 'exit');
    const [line] = (await once(createInterface({ input: limited.stdout }), 'line')) as [string];
    const client = EventStoreDBClient.connectionString((JSON.parse(line) as { url: string }).url);
    let acknowledged = 0;
    const fill = async (): Promise<void> => {
      for (;;) {
        await client.appendToStream(
          'full',
          jsonEvent({ type: 'big', data: { n: acknowledged, filling: 'x'.repeat(50_000) } }),
        );
        acknowledged += 1;
      }
    };
    await expect(fill()).rejects.toMatchObject({
      type: 'unavailable',
      message: expect.stringMatching(/could not be written/) as string,
    });
    await expect(exited).resolves.toEqual([1, null]);
    await client.dispose();

    const node = await startEventStoreNode({ dataDir: directory.path });
    const again = EventStoreDBClient.connectionString(node.url);
    const kept: ResolvedEvent[] = await collect(again.readStream('full'));
    expect(kept.slice(0, acknowledged).map(({ event }) => (event?.data as { n: number }).n)).toEqual(
      Array.from({ length: acknowledged }, (_, n) => n),
    );
    await expect(again.appendToStream('full', numbered(1))).resolves.toMatchObject({ success: true });
    await again.dispose();
    await node.stop();
    directory.remove();
  });
});
