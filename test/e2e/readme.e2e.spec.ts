import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { install, type Installation, type Run } from '../harness/standalone';

const ROOT = join(__dirname, '../..');

let installation: Installation;
let run: Run;
beforeAll(async () => {
  installation = install();
  run = await installation.start();
});
afterAll(() => installation.remove());

/** What the README asks a newcomer to paste. */
const pasted = (): string => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, section = ''] = readme.split('## The first five minutes');
  const [, commands] = /```sh\n([^]*?)```/.exec(section) ?? [];
  if (!commands) throw new Error('The README has no first five minutes');
  return commands;
};

it('given a fresh installation, when the README’s first five minutes are pasted, then one deal is approved and one is queued', async () => {
  const commands = pasted().replaceAll('http://localhost:3000', run.url);
  const { stdout } = await promisify(execFile)('bash', ['-euc', commands], {
    cwd: ROOT,
    env: installation.environment,
  });
  const statuses = [...stdout.matchAll(/status: '([\w-]+)'/g)].map(([, status]) => status);
  expect(statuses).toEqual(['approved', 'queued']);
});
