import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const APPENDER = 'dist/libs/event-store/src/esdb/appender.js';
const HOOK = 'test/resilience/points/hook.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tempore-hook-'));
  for (const file of [APPENDER, HOOK]) mkdirSync(join(folder, file, '..'), { recursive: true });
  copyFileSync(join(__dirname, 'hook.js'), join(folder, HOOK));
  builtWith(`async append() { return { kind: 'appended' }; }`);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the built product would append with. */
const builtWith = (method: string): void =>
  writeFileSync(join(folder, APPENDER), `exports.Appender = class { ${method} };`);

const order = (skip: number): void =>
  writeFileSync(join(folder, 'order'), JSON.stringify({ point: 'append-answered', skip }));

/** An app that appends three times and says each time that it lives. */
const app = `
  const { Appender } = require('./${APPENDER}');
  (async () => {
    for (let i = 0; i < 3; i++) {
      await new Appender().append('deal-1', 'none', []);
      require('fs').writeSync(1, '.');
    }
  })();
`;

const runApp = () =>
  spawnSync(process.execPath, ['--require', join(folder, HOOK), '--eval', app], {
    cwd: folder,
    encoding: 'utf8',
    env: { RESILIENCE_POINT: join(folder, 'order'), NODE_PATH: join(process.cwd(), 'node_modules') },
  });

describe('the hook of the named points', () => {
  it('given no order, when the app passes a point, then it lives', () => {
    expect(runApp()).toMatchObject({ status: 0, stdout: '...' });
  });

  it('given an order, when the app passes its point, then it is killed there, and the next start lives', () => {
    order(0);
    expect(runApp()).toMatchObject({ signal: 'SIGKILL', stdout: '' });
    expect(existsSync(join(folder, 'order.done'))).toBe(true);
    expect(runApp()).toMatchObject({ status: 0, stdout: '...' });
  });

  it('given an order that skips one passing, then the app is killed at the second', () => {
    order(1);
    expect(runApp()).toMatchObject({ signal: 'SIGKILL', stdout: '.' });
  });

  it('given a product that appends by another name, when the app starts, then it ends and says what is missing', () => {
    builtWith('async send() {}');
    expect(runApp()).toMatchObject({
      status: 70,
      stderr: expect.stringContaining('the append of the event store') as unknown,
    });
  });
});
