import type { Position } from '@tempore/kernel';
import type { FastifyInstance } from 'fastify';

import type { ConsistencyTokens } from '../reading/consistency-tokens';
import { etagOf, NO_REVISION, revisionOf } from './etag';

const hasRevision = (answer: unknown): answer is { readonly revision: string } =>
  typeof answer === 'object' && answer !== null && 'revision' in answer && typeof answer.revision === 'string';

const hasPosition = (answer: unknown): answer is { readonly position: Position } =>
  typeof answer === 'object' && answer !== null && 'position' in answer && isPosition(answer.position);

const isPosition = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'commit' in value && 'prepare' in value;

/**
 * Puts a revision, and a command's place in the log, where HTTP keeps such things: in headers. What a partner's command
 * left a stream at it is not told: others write there too, and what they write may be none of its business.
 */
export const answerInHeaders = (fastify: FastifyInstance, tokens: ConsistencyTokens): void => {
  fastify.addHook('preSerialization', ({ principal, method }, reply, answer: unknown, done) => {
    const isRaw = hasRevision(answer) && revisionOf(answer.revision) !== NO_REVISION;
    const isHidden = isRaw && principal?.side === 'partner' && method !== 'GET';
    if (hasRevision(answer) && !isHidden) void reply.header('etag', etagOf(answer.revision));
    if (hasPosition(answer)) void reply.header('consistency-token', tokens.seal(answer.position));
    done(null, answer);
  });
};
