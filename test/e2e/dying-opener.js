/**
 * Opens a customer, or adds a key to one, as the API does, and is killed just before it touches the log for the
 * `accesses`th time. Exits with 0 where it came to the end before.
 */
const { accountLog } = require('../../dist/libs/acts/src');
const { CommandRunner, openEventStore } = require('../../dist/libs/event-store/src');
const { addAccountKey, openAccount } = require('../../dist/libs/processes/src');

const { url, namespace, accountId, opening, key, meta, accesses } = JSON.parse(process.argv[2]);

const dying = (log) => {
  let left = accesses;
  return Object.fromEntries(
    Object.entries(log).map(([name, access]) => [
      name,
      (...args) => {
        if (--left === 0) process.kill(process.pid, 'SIGKILL');
        return access(...args);
      },
    ]),
  );
};

const main = async () => {
  const store = openEventStore({ url, namespace });
  const log = dying(accountLog(new CommandRunner(store), accountId, meta));
  await (key ? addAccountKey(log, accountId, key) : openAccount(log, { accountId, opening }));
  await store.close();
};

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
