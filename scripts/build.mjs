// Builds beside the last build and puts the new one in its place at once: whatever runs from dist/ meanwhile, a start
// of the product or of a test's process, finds one whole build or the other.
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';

const swc = createRequire(import.meta.url).resolve('@swc/cli/bin/swc.js');
const fresh = `dist.new-${process.pid}`;
const old = `dist.old-${process.pid}`;

const { status } = spawnSync(
  process.execPath,
  [swc, 'apps', 'libs', '--out-dir', fresh, '--config-file', '.swcrc', '--quiet'],
  { stdio: 'inherit' },
);
if (status === 0) {
  if (existsSync('dist')) renameSync('dist', old);
  renameSync(fresh, 'dist');
}
for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
process.exit(status ?? 1);
