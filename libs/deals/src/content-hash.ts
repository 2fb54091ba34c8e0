import { createHash } from 'node:crypto';

import { type Sealed, sealedSchema } from '@messages/people';
import canonicalize from 'canonicalize';

import { type ContentRef, HASH_VERSION, type HashVersion } from './content-ref';
import type { DealContent } from './deal.content';

/** Names what a statement says, under the hash of today. */
export const contentRef = (eventId: string, content: DealContent): ContentRef => ({
  eventId,
  hash: contentHash(content, HASH_VERSION),
  hashVersion: HASH_VERSION,
});

/** SHA-256, in hexadecimal, over the text that is hashed. */
export const contentHash = (content: DealContent, version: HashVersion): string =>
  createHash('sha256').update(hashedText(content, version)).digest('hex');

/** What is hashed of a content, in UTF-8 as RFC 8785 writes it. */
export const hashedText = (content: DealContent, version: HashVersion): string => {
  const text = canonicalize(version === 1 ? content : withCommitments(content));
  if (text === undefined) throw new TypeError('The content of a deal is JSON');
  return text;
};

const withCommitments = (value: unknown): unknown => {
  if (isSealed(value)) return value.commitment;
  if (Array.isArray(value)) return value.map(withCommitments);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, withCommitments(each)]));
};

const isSealed = (value: unknown): value is Sealed => sealedSchema.safeParse(value).success;
