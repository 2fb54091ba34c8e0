import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { processes, type Surroundings } from '@tempore/acts';
import { NOW } from '@tempore/testing';
import pino from 'pino';

import type { Stores } from '../../../composition/src/stores';
import { type Mailing, mailsBy } from './mails';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tempore-mail-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mail = (path: string): string => {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'To: somebody');
  return file;
};

const watchdog = async (erased: readonly string[]): Promise<void> => {
  const read = (_: unknown, id: string) =>
    Promise.resolve({ state: { status: erased.includes(id) ? 'erased' : 'kept' } });
  const stores = { runner: { read }, readSide: {} } as unknown as Stores;
  const mails = mailsBy(stores, () => NOW, { folder, logger: pino({ level: 'silent' }) } as unknown as Mailing);
  const { watchdog } = processes.find(({ name }) => name === 'mail-erasure') ?? {};
  const left = await watchdog?.overdue({ ...stores, mails } as unknown as Surroundings);
  for (const { run } of left ?? []) await run();
};

it('given a mail that was written while its person was forgotten, then the watchdog finds it, and lets others be', async () => {
  const [late, draft, other, toRole] = [
    mail('person/gone/1.eml'),
    mail('person/gone/.2'),
    mail('person/here/3.eml'),
    mail('role/channel-manager/4.eml'),
  ];
  await watchdog(['gone']);
  expect([late, draft, other, toRole].map((file) => existsSync(file))).toEqual([false, false, true, true]);
});

it('given mails of before, of which nobody can tell whose they are, then they go', async () => {
  const unsorted = mail('5.eml');
  await watchdog([]);
  expect(existsSync(unsorted)).toBe(false);
});

it('given no mail at all, then there is nothing to do', async () => {
  rmSync(folder, { recursive: true });
  await expect(watchdog([])).resolves.toBeUndefined();
});
