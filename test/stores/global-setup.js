const { fork } = require('node:child_process');
const { once } = require('node:events');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

/** Gives the whole run one event node and one PostgreSQL, where the environment does not name others. */
module.exports = async () => {
  const missing = ['EVENTSTORE_URL', 'DATABASE_URL'].filter((name) => !process.env[name]);
  if (missing.length === 0) return;
  if (!existsSync(join(__dirname, '../../dist')))
    throw new Error('The stores of the tests run from dist/. Run `npm run build` first.');
  const keeper = fork(join(__dirname, 'keeper.js'), missing, {
    // Out of reach of the terminal's Ctrl-C: it ends when this process does, in its own order.
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ urls, failure }] = await Promise.race([
    once(keeper, 'message'),
    once(keeper, 'exit').then(() => [{ failure: 'their keeper ended' }]),
  ]);
  if (failure) throw new Error(`The stores of the tests did not start: ${failure}`);
  for (const [name, url] of urls) process.env[name] = url;
  globalThis.stopStores = async () => {
    for (const [name] of urls) delete process.env[name];
    const exited = once(keeper, 'exit');
    keeper.disconnect();
    await exited;
  };
};
