import { hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';

import type { Secrets } from '@tempore/acts';

import { readOrCreate } from './data-dir';

/** Injection token of the installation's keys. */
export const SECRETS = Symbol('SECRETS');

export const deriveSecrets = (secret: string): Secrets => ({
  key: (purpose) => Buffer.from(hkdfSync('sha256', secret, 'tempore', purpose, 32)),
});

/** The configured secret, or one that the first start generates into the data folder. */
export const installationSecret = (configured: string | undefined, dataDir: string): string =>
  configured ?? readOrCreate(join(dataDir, 'secret'), () => randomBytes(32).toString('base64url'));
