/** `npm run test:store -- 'esdb://…'`: holds the port, and the runner on it, against any server. */
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const [url, ...options] = process.argv.slice(2);
if (!/^esdb(\+discover)?:\/\/./.test(url ?? '')) {
  console.error("Say which store: npm run test:store -- 'esdb://127.0.0.1:2113?tls=false'");
  process.exit(2);
}
// What is in esdb/ ill-treats nodes of its own.
const suite = ['--selectProjects', 'int', ...options, '--', 'libs/event-store/src/(?!esdb/)'];
const { status } = spawnSync(process.execPath, [require.resolve('jest/bin/jest'), ...suite], {
  cwd: join(__dirname, '../..'),
  env: { ...process.env, EVENTSTORE_URL: url },
  stdio: 'inherit',
});
process.exit(status ?? 1);
