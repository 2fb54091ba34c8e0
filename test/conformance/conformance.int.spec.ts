import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { startEventStoreNode } from '@tempore/embedded-eventstore';

import { DIFFERENCES } from './differences';

const project = resolve(__dirname, '../..');
const folder = resolve(project, '../shared/conformance');
const probe = join(folder, 'probe.mjs');
const recording = join(folder, 'eventstoredb-23.10.6.json');

type Answer = { readonly names: readonly string[]; readonly words: string };

/** The probe prints the name of each difference, then, indented, what was recorded and what was heard. */
const ask = (url: string, only: readonly string[] = []): Promise<Answer> =>
  new Promise((done) => {
    const pattern = only.map((name) => name.replace(/[^\w ]/g, '\\$&')).join('|');
    const args = [probe, url, '--check', recording, ...(only.length > 0 ? ['--only', `^(${pattern})$`] : [])];
    execFile(process.execPath, args, { cwd: project }, (_, words) => {
      const lines = words.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
      done({ names: lines.filter((line) => !/^\d+ of \d+ answers/.test(line)), words });
    });
  });

/** The probe listens for fixed times, which a busy machine may exceed: a difference is what is heard twice. */
const differences = async (url: string): Promise<Answer> => {
  const first = await ask(url);
  expect(first.words).toMatch(/^\d+ of 90 answers as recorded$/m);
  return first.names.length === 0 ? first : ask(url, first.names);
};

const present = existsSync(probe) && existsSync(recording);
const title = 'when the embedded node is asked the same, it differs in nothing but what is named';

describe('given what a real EventStoreDB answered', () => {
  if (!present) it.skip(`${title} (skipped: there is no ../shared/conformance)`, () => undefined);
  else it(title, differsAsNamed, 120_000);
});

async function differsAsNamed(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'conformance-'));
  const node = await startEventStoreNode({ dataDir: directory });
  const { names, words } = await differences(node.url);
  await node.stop();
  rmSync(directory, { recursive: true });
  expect({ names, words }).toEqual({ names: Object.keys(DIFFERENCES), words });
}
