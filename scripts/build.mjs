// Builds beside the last build and puts the new one in its place at once: whatever runs from dist/ meanwhile, a start
// of the product or of a test's process, finds one whole build or the other.
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';

import { buildWeb, writeTypes } from './build-web.mjs';

const swc = createRequire(import.meta.url).resolve('@swc/cli/bin/swc.js');
const fresh = `dist.new-${process.pid}`;
const old = `dist.old-${process.pid}`;

const compile = () => {
  const args = [swc, 'apps', 'libs', 'scripts', '--out-dir', fresh, '--config-file', '.swcrc', '--quiet'];
  if (spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0) throw new Error('It does not compile');
};

try {
  compile();
  await writeTypes(fresh);
  await buildWeb(fresh);
  if (existsSync('dist')) renameSync('dist', old);
  renameSync(fresh, 'dist');
} finally {
  for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
}
