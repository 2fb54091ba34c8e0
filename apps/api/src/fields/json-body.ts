import { Refusal } from '@tempore/kernel';
import type { FastifyInstance } from 'fastify';

import { InvalidFields } from '../problems/invalid-fields';

/** No content of ours comes near it; what walks one in recursion would run out of stack far behind. */
const MAX_DEPTH = 32;

/**
 * JSON as a content can hold it: texts are Unicode and numbers finite (RFC 8785, which hashes of contents follow, knows
 * no others), and nothing is nested without end. A command without content may come with a JSON content type all the
 * same: many clients always send one.
 */
export const acceptJson = (fastify: FastifyInstance): void => {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else
      void parse(request, body.toString(), (error, parsed: unknown) => {
        const refused = error ?? unfit(parsed, '', 0);
        if (refused) done(refused);
        else done(null, parsed);
      });
  });
};

/** Why a value fits no content, if it does not. */
const unfit = (value: unknown, field: string, depth: number): Error | undefined => {
  // JSON writes 1e400, and what reads it makes Infinity of it.
  if (typeof value === 'number' && !Number.isFinite(value))
    return new InvalidFields([{ field: field || 'body', message: 'must be a number that is not beyond all bounds' }]);
  if (typeof value === 'string' && !value.isWellFormed()) return notUnicode(field || 'body');
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === MAX_DEPTH) return tooDeep();
  for (const [name, part] of Object.entries(value)) {
    const inside = field === '' ? name : `${field}.${name}`;
    const refused = name.isWellFormed() ? unfit(part, inside, depth + 1) : notUnicode(inside.toWellFormed());
    if (refused) return refused;
  }
  return undefined;
};

const tooDeep = (): Refusal =>
  new Refusal('BODY_TOO_DEEP', 'invalid', `The body is nested deeper than ${MAX_DEPTH} levels.`, {
    remedy: 'Send what the description of the API shows: nothing there goes so deep.',
  });

const notUnicode = (field: string): Refusal =>
  new Refusal('TEXT_NOT_UNICODE', 'invalid', `${field} holds half of a surrogate pair.`, {
    remedy: 'Send whole characters: a text that was cut must be cut between two of them.',
  });
