import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { organisationOf } from '@tempore/acts';
import { Refusal } from '@tempore/kernel';
import type { Settings } from '@tempore/settings';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

type Kind = keyof Settings['perMinute'];

const KIND = 'tempore:limited-as';
const WINDOW_S = 60;
const READS = new Set(['GET', 'HEAD']);

/** How many requests of each kind a principal may send a minute; 0 is no limit. */
export const RATE_LIMITS = Symbol('RATE_LIMITS');

/** A limit of its own, for the requests that it is for. */
interface Own {
  readonly kind: Kind;
  readonly isFor: (request: FastifyRequest) => boolean;
}

/** Counts a route, or some of the requests to it, under a limit of its own, beside reads and commands. */
export const LimitedAs = (kind: Kind, isFor: Own['isFor'] = () => true): MethodDecorator =>
  SetMetadata(KIND, { kind, isFor } satisfies Own);

/**
 * A principal's requests of one kind are counted together, whatever routes they go to, from the first of a minute on.
 * What has a limit of its own counts for the whole organisation: an answer that one of a partner's people gets, all of
 * them have (rulebook 3).
 */
@Injectable()
export class RateGuard implements CanActivate {
  private readonly limiters: ReadonlyMap<Kind, RateLimiterMemory>;

  constructor(
    private readonly reflector: Reflector,
    @Inject(RATE_LIMITS) perMinute: Settings['perMinute'],
  ) {
    const limited = (Object.keys(perMinute) as Kind[]).filter((kind) => perMinute[kind] > 0);
    this.limiters = new Map(
      limited.map((kind) => [kind, new RateLimiterMemory({ points: perMinute[kind], duration: WINDOW_S })]),
    );
  }

  /** Stands behind the policies: only who may call a route at all is counted. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const { principal, method } = request;
    const own = this.reflector.get<Own | undefined>(KIND, context.getHandler());
    const isOwn = own?.isFor(request) === true;
    const kind = isOwn ? own.kind : READS.has(method) ? 'reads' : 'commands';
    const limiter = this.limiters.get(kind);
    // Routes without a principal say how the process is, and are asked by machines.
    if (!principal || !limiter) return true;
    const { isOver, left, resetS } = await count(
      limiter,
      isOwn ? (organisationOf(principal) ?? principal.id) : principal.id,
    );
    const reply = http.getResponse<FastifyReply>();
    void reply.headers({ 'ratelimit-limit': limiter.points, 'ratelimit-remaining': left, 'ratelimit-reset': resetS });
    if (!isOver) return true;
    void reply.header('retry-after', resetS);
    throw new Refusal('RATE_LIMITED', 'limited', `${limiter.points} ${kind} a minute are over.`, {
      remedy: `Send it again in ${resetS} seconds, with the same Idempotency-Key.`,
    });
  }
}

/** One request more. The limiter throws what it counted where that is too many. */
const count = async (limiter: RateLimiterMemory, who: string) => {
  const { counted, isOver } = await limiter.consume(who).then(
    (within) => ({ counted: within, isOver: false }),
    (over: unknown) => {
      if (over instanceof RateLimiterRes) return { counted: over, isOver: true };
      throw over;
    },
  );
  return { isOver, left: counted.remainingPoints, resetS: Math.ceil(counted.msBeforeNext / 1_000) };
};
