import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';

import canonicalize from 'canonicalize';

import { readOrCreate } from './data-dir';

/** Injection token of the installation's keys. */
export const SECRETS = Symbol('SECRETS');

/** Keys of this installation, all derived from one secret (RFC 5869), so that one purpose never opens another. */
export interface Secrets {
  /** 32 bytes for one purpose. */
  key(purpose: string): Buffer;
}

export const deriveSecrets = (secret: string): Secrets => ({
  key: (purpose) => Buffer.from(hkdfSync('sha256', secret, 'tempore', purpose, 32)),
});

/** The configured secret, or one that the first start generates into the data folder. */
export const installationSecret = (configured: string | undefined, dataDir: string): string =>
  configured ?? readOrCreate(join(dataDir, 'secret'), () => randomBytes(32).toString('base64url'));

/** Keyed hash of a request's content, blind to the order of its fields (RFC 8785): tells a repeat from another request. */
export const requestHasher = (secrets: Secrets): ((content: unknown) => string) => {
  const key = secrets.key('request-hash');
  return (content) =>
    createHmac('sha256', key)
      .update(canonicalize(content) ?? '')
      .digest('base64url');
};
