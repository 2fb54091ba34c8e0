import { createHmac } from 'node:crypto';

import canonicalize from 'canonicalize';

/** Keys of this installation, all derived from one secret (RFC 5869), so that one purpose never opens another. */
export interface Secrets {
  /** 32 bytes for one purpose. */
  key(purpose: string): Buffer;
}

/** Keyed hash of a request's content, blind to the order of its fields (RFC 8785): tells a repeat from another request. */
export const requestHasher = (secrets: Secrets): ((content: unknown) => string) => {
  const key = secrets.key('request-hash');
  return (content) =>
    createHmac('sha256', key)
      .update(canonicalize(content) ?? '')
      .digest('base64url');
};
