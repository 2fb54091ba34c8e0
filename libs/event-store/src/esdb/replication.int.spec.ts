import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { freshNamespace, type OwnNode, type Relay, startOwnNode, startRelay } from '../../../../test/stores';
import { put, runOn } from '../../test/jar';
import { testStores } from '../../test/kit';
import { CommandRunner, type EventStore, installationId } from '..';

const open = testStores();
let node: OwnNode;
let relay: Relay;
/** Another process, whose appends reach the leader. */
let other: EventStore;
let store: EventStore;

beforeAll(async () => {
  node = await startOwnNode({ sync: false });
  relay = await startRelay(node);
});
afterAll(async () => {
  relay.close();
  await node.remove();
});
beforeEach(() => {
  const namespace = freshNamespace();
  other = open({ url: node.url, namespace });
  store = open({ url: relay.url, namespace });
  relay.isReplicated = () => true;
});

/** A leader checks revisions against all it has; reads show only what a quorum has. */
describe('a cluster whose followers lag', () => {
  it('given an append of another process waits for its quorum, when a command collides with it, then it waits too, and takes effect behind it', async () => {
    const ours = runOn(new CommandRunner(store));
    const theirs = runOn(new CommandRunner(other));
    await theirs(put(1));
    relay.isReplicated = (_, revision) => revision < 1n;
    await theirs(put(2));

    const before = relay.arrived();
    const outcome = ours(put(3));
    await sleep(1_000);
    const tries = relay.arrived() - before;
    relay.isReplicated = () => true;

    expect(await outcome).toMatchObject({ revision: 2n, repeated: false });
    expect(tries).toBeGreaterThan(1);
    expect(tries).toBeLessThan(15);
  });

  it('given the first append to a stream waits for its quorum, when a command takes the stream for new, then it waits too', async () => {
    relay.isReplicated = () => false;
    await runOn(new CommandRunner(other))(put(1));

    const before = relay.arrived();
    const outcome = runOn(new CommandRunner(store))(put(2));
    await sleep(500);
    const tries = relay.arrived() - before;
    relay.isReplicated = () => true;

    expect(await outcome).toMatchObject({ revision: 1n, repeated: false });
    expect(tries).toBeLessThan(12);
  });

  it('given the installation’s identity waits for its quorum, when another process starts, then it waits for it and takes it', async () => {
    relay.isReplicated = () => false;
    const founded = await installationId(other, randomUUID(), new Date());

    const before = relay.arrived();
    const found = installationId(store, randomUUID(), new Date());
    await sleep(500);
    const tries = relay.arrived() - before;
    relay.isReplicated = () => true;

    expect(await found).toBe(founded);
    expect(tries).toBeLessThan(12);
  });
});
