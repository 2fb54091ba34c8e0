import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDataDir, readOrCreate } from './data-dir';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tempore-data-dir-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

it('given no folder, when the first private file is made, then folder and file are its owner’s alone', () => {
  const path = join(folder, 'data', 'secret');
  expect(readOrCreate(path, () => 'a secret')).toBe('a secret');
  expect([modeOf(join(folder, 'data')), modeOf(path)]).toEqual(['700', '600']);
});

it('given a folder that others can enter, when it is opened, then they cannot any more', () => {
  chmodSync(folder, 0o755);
  openDataDir(folder);
  expect(modeOf(folder)).toBe('700');
});

it('given a database of before in it, then whoever runs that still gets through where it is another user', () => {
  mkdirSync(join(folder, 'postgres', 'cluster'), { recursive: true });
  openDataDir(folder);
  expect(modeOf(folder)).toBe(process.getuid?.() === 0 ? '711' : '700');
});

it('given a database that lies elsewhere, behind a link, then the folder is closed', () => {
  mkdirSync(join(folder, 'postgres'));
  symlinkSync('/var/lib/elsewhere', join(folder, 'postgres', 'cluster'));
  openDataDir(folder);
  expect(modeOf(folder)).toBe('700');
});

it('given a file in its place, then it is said', () => {
  const path = join(folder, 'data');
  writeFileSync(path, '');
  expect(() => openDataDir(path)).toThrow('EEXIST');
});
