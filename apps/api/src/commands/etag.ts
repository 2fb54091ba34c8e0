import { Refusal } from '@tempore/kernel';
import type { FastifyRequest } from 'fastify';

export const etagOf = (revision: string): string => `"${revision}"`;

/** Never that of a stream: whoever insists on it is refused, but for a repeat, which finds what it did. */
export const NO_REVISION = -1n;

/** The ETag that the request insists on by `If-Match`. Throws a `Refusal` where the header is malformed. */
export const insistedEtagOf = (request: FastifyRequest): string | undefined => {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const tag = /^"([\w-]+)"$/.exec(header)?.[1];
  if (tag !== undefined) return tag;
  throw new Refusal('IF_MATCH_MALFORMED', 'invalid', 'The header If-Match must hold one ETag as this API gave it.', {
    remedy: 'Send the ETag of your last GET, such as "3", with its quotes.',
  });
};

/** The revision that an ETag stands for, where it is that of one stream. */
export const revisionOf = (etag: string): bigint => (/^\d+$/.test(etag) ? BigInt(etag) : NO_REVISION);
