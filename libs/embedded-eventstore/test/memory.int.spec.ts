import { readFileSync } from 'node:fs';

import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';

import { startEventStoreNode } from '../src';
import { temporaryDirectory } from './support';

const MEGABYTES = 1024;

/** Memory of a process without the pages of files it maps: lmdb's log is one. */
const memoryOf = (pid: number): number => {
  const [, kilobytes] = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / MEGABYTES;
};

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('given subscribers of which some have stopped reading', () => {
  onLinux('when more is written than they could hold, the memory of the node stays flat', async () => {
    const directory = temporaryDirectory();
    const node = await startEventStoreNode({ dataDir: directory.path, sync: false });
    const client = EventStoreDBClient.connectionString(node.url);
    for (let n = 0; n < 20; n++) client.subscribeToAll().on('error', () => undefined);

    const write = async (megabytes: number): Promise<void> => {
      const event = () => jsonEvent({ type: 'filling', data: { filling: 'x'.repeat(10_000) } });
      for (let n = 0; n < megabytes; n++) {
        await client.appendToStream(`s-${n % 10}`, Array.from({ length: 100 }, event));
      }
    };
    await write(20);
    const before = memoryOf(node.pid);
    await write(60);
    expect(memoryOf(node.pid) - before).toBeLessThan(40);

    await client.dispose();
    await node.stop();
    directory.remove();
  });
});
