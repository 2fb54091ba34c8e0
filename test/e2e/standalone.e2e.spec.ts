import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { Caller, idOf } from '../harness/caller';
import { isRunning } from '../harness/processes';
import { install, type Installation, type Run } from '../harness/standalone';
import { until } from '../stores';

/** Every story goes on where the one before it ended: one installation, started again and again. */
let installation: Installation;
let run: Run;
let token: string;
const applied: string[] = [];

const API = /standalone\/src\/api/;

const canLimit = spawnSync('prlimit', ['--version']).status === 0;
const LITTLE_ROOM_BYTES = 60_000;

const isReady = async (): Promise<boolean> => (await fetch(`${run.url}/health/ready`)).status === 200;

const start = async (): Promise<void> => {
  run = await installation.start();
  await until('the product is ready', isReady);
};

const apply = async (): Promise<void> => {
  const answer = await new Caller(run.url, token).post('/v1/partners', { legalName: 'Northwind', country: 'DE' });
  expect(answer.status).toBe(201);
  applied.push(idOf(answer));
};

const allAreThere = async (): Promise<boolean> => {
  const admin = new Caller(run.url, token);
  const found = await Promise.all(applied.map(async (id) => (await admin.get(`/v1/partners/${id}`)).status));
  return found.every((status) => status === 200);
};

const childNamed = (part: RegExp): number => {
  const child = run.children().find(({ command }) => part.test(command));
  if (!child) throw new Error(`No child process is ${String(part)}: ${JSON.stringify(run.children())}`);
  return child.pid;
};

beforeAll(async () => {
  // For another server than the one that it brings.
  installation = install({ PGSSLMODE: 'require', PGOPTIONS: '-c default_transaction_read_only=on' });
  await start();
});
afterAll(() => installation.remove());

describe('npm start', () => {
  it('given an empty folder, when it is started, then it is ready, and the command line mints a token it accepts', async () => {
    token = await installation.mintToken('admin');
    const answer = await new Caller(run.url, token).get('/v1/partners').expect(200);
    expect(answer.body).toEqual({ items: [], next: null });
  });

  it('given its data, then nobody but its owner gets there', () =>
    expect((statSync(installation.environment['TEMPORE_DATA'] ?? '').mode & 0o777).toString(8)).toBe('700'));

  it('given a run, when a second one is started on the same folder, then it is refused and the first goes on', async () => {
    const second = installation.start();
    await expect(second).rejects.toThrow('did not start');
    expect(await isReady()).toBe(true);
  });

  it('given somebody on its port, when it is started, then it ends and says so with the remedy', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const blocked = install({ TEMPORE_PORT: port.toString() });
    try {
      await expect(blocked.start()).rejects.toThrow(
        /tempore did not start: listen EADDRINUSE[^\n]*Set TEMPORE_PORT to a free port; 0 picks one\.$/,
      );
    } finally {
      await blocked.remove();
      other.close();
    }
  });

  it.each([
    ['Ctrl-C', (one: Run) => one.interrupt()],
    ['SIGTERM', (one: Run) => one.kill('SIGTERM')],
  ])(
    'given a run, when it is told to end by %s, then it ends well and with it all it has started, and starts again',
    async (_, end) => {
      await apply();
      const children = run.children().map(({ pid }) => pid);
      expect(children.length).toBeGreaterThan(2);
      end(run);
      expect(await run.exit).toEqual({ code: 0, signal: null });
      expect(children.filter(isRunning)).toEqual([]);
      await start();
      await until('what was acknowledged is shown', allAreThere);
    },
  );

  it('given a run, when its main process is killed, then the next start recovers by itself', async () => {
    await apply();
    const api = childNamed(API);
    run.kill('SIGKILL');
    await run.exit;
    await until('its API has ended', () => !isRunning(api));
    await start();
    await until('what was acknowledged is shown', allAreThere);
  });

  /** A limit on the size of its files stands for a full disk, and is told from one by what is free. */
  (canLimit ? it : it.skip)(
    'given a run, when the disk of its log is full, then it ends and says so, and with room the next start recovers',
    async () => {
      const log = join(installation.environment['TEMPORE_DATA'] ?? '', 'eventstore', 'data.mdb');
      const bytes = statSync(log).size + LITTLE_ROOM_BYTES;
      execFileSync('prlimit', ['--pid', String(childNamed(/embedded-eventstore/)), `--fsize=${bytes}`]);
      for (let ended = false; !ended;)
        ended = await Promise.race([
          run.exit.then(() => true),
          apply().then(
            () => false,
            () => false,
          ),
        ]);
      expect(await run.exit).toEqual({ code: 1, signal: null });
      const said = run.lastLines().map((line) => JSON.parse(line) as { readonly msg: string });
      expect(said.map(({ msg }) => msg)).toContainEqual(
        expect.stringMatching(/^event store has ended: .* the disk took no more, at a limit .*; stopping. Start again/),
      );
      await start();
      await until('what was acknowledged is shown', allAreThere);
    },
  );

  it.each([
    ['event store', /embedded-eventstore/],
    ['postgres', /postgres\S* -D /],
    ['API', API],
  ])(
    'given a run, when its %s is killed, then it ends with a failure and says so, and the next start recovers',
    async (name, part) => {
      await apply();
      const children = run.children().map(({ pid }) => pid);
      process.kill(childNamed(part), 'SIGKILL');
      expect(await run.exit).toEqual({ code: 1, signal: null });
      await until('its children have ended', () => !children.some(isRunning));
      expect(run.lastLines()).toContainEqual(expect.stringContaining(`"${name} has ended; stopping. Start again`));
      await start();
      await until('what was acknowledged is shown', allAreThere);
    },
  );
});
