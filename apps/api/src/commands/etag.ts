import { Refusal } from '@tempore/kernel';
import type { FastifyRequest } from 'fastify';

export const etagOf = (revision: string): string => `"${revision}"`;

/** The revision that the request insists on by `If-Match`. Throws a `Refusal` where the header is malformed. */
export const expectedRevisionOf = (request: FastifyRequest): bigint | undefined => {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const revision = /^"(\d+)"$/.exec(header)?.[1];
  if (revision !== undefined) return BigInt(revision);
  throw new Refusal('IF_MATCH_MALFORMED', 'invalid', 'The header If-Match must hold one ETag as this API gave it.', {
    remedy: 'Send the ETag of your last GET, such as "3", with its quotes.',
  });
};
