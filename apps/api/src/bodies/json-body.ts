import type { FastifyInstance } from 'fastify';
import { InvalidFields, Refusal, unknownField } from '@tempore/kernel';

import { expectBounded } from './json-bounds';

/**
 * JSON as a content can hold it: UTF-8, an object, texts that are Unicode and numbers that are finite (RFC 8785, which
 * hashes of contents follow, knows no others), and neither endless nor nested without end. A command without content
 * may come with a JSON content type all the same: many clients always send one. Plain text is no content of ours.
 */
export const acceptJson = (fastify: FastifyInstance): void => {
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes, done) => {
    try {
      done(null, bytes.length === 0 ? undefined : readJson(bytes as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
};

/** Throws a `Refusal` or `InvalidFields`. */
export const readJson = (bytes: Buffer): object => {
  const text = decode(bytes);
  expectBounded(bytes);
  const body = parse(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new InvalidFields([{ field: 'body', message: 'must be an object' }]);
  expectFit(body, '');
  return body;
};

/** What `JSON.parse` and streams make of other bytes is U+FFFD: another text than the one that was sent. */
const decode = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('BODY_NOT_UTF8', 'invalid', 'The body is not UTF-8.', {
      remedy: 'Encode JSON as UTF-8, whatever the content type says of another charset.',
    });
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal('BODY_MALFORMED', 'invalid', `The body is not valid JSON: ${(error as Error).message}.`, {
      remedy: 'Send one JSON object, whole.',
    });
  }
};

const expectFit = (value: unknown, field: string): void => {
  // JSON writes 1e400, and what reads it makes Infinity of it.
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new InvalidFields([{ field, message: 'must be a number that is not beyond all bounds' }]);
  if (typeof value === 'string' && !value.isWellFormed()) throw notUnicode(field);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    const inside = field === '' ? name : `${field}.${name}`;
    if (!name.isWellFormed()) throw notUnicode(inside.toWellFormed());
    // To whoever looks a name up in an object these are there, without anybody having said so.
    if (name in Object.prototype) throw new InvalidFields([unknownField(inside)]);
    expectFit(part, inside);
  }
};

const notUnicode = (field: string): Refusal =>
  new Refusal('TEXT_NOT_UNICODE', 'invalid', `${field} holds half of a surrogate pair.`, {
    remedy: 'Send whole characters: a text that was cut must be cut between two of them.',
  });
