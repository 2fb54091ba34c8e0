import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** The port of the last start where it is still free, else any free one. */
export const choosePort = async (dataDir: string): Promise<number> =>
  (await tryPort(await rememberedPort(dataDir))) ?? (await tryPort(0)) ?? 0;

/** So that addresses noted by people and tools stay good over restarts. */
export const rememberPort = (dataDir: string, port: number): Promise<void> =>
  writeFile(join(dataDir, 'port'), `${port}\n`);

const rememberedPort = async (dataDir: string): Promise<number> => {
  const port = Number(await readFile(join(dataDir, 'port'), 'utf8').catch(() => '0'));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
};

const tryPort = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const { port: free } = server.address() as AddressInfo;
      server.close(() => resolve(free));
    });
  });
