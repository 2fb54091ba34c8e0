import { createHash } from 'node:crypto';

import canonicalize from 'canonicalize';

import type { DealContent } from './deal.content';

/** What a partner said, by the event in which it stands and the hash of the whole of it. */
export interface ContentRef {
  readonly eventId: string;
  readonly hash: string;
}

/**
 * SHA-256, in hexadecimal, over the content as RFC 8785 writes it. People stand in it by ciphertext and commitment, so
 * the hash can still be checked when somebody was forgotten.
 */
export const contentHash = (content: DealContent): string => {
  const text = canonicalize(content);
  if (text === undefined) throw new TypeError('The content of a deal is JSON');
  return createHash('sha256').update(text).digest('hex');
};
