import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { CommandRunner } from '@tempore/event-store';
import { expectMayAct, partner, type PartnerStatus } from '@tempore/partners';
import type { FastifyRequest } from 'fastify';

import { logOf } from '../commands/log-of';

export const ALSO_WHILE = 'tempore:also-while';

/** Opens a command to a partner's people also while the partner is not active; what says nothing is open to active ones. */
export const AlsoWhile = (...statuses: readonly [PartnerStatus, ...PartnerStatus[]]): MethodDecorator =>
  SetMetadata(ALSO_WHILE, statuses);

/** Holds a partner's people to where their organisation stands in the log now; reading its own is open to each. */
@Injectable()
export class StandingGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { principal, method } = request;
    if (principal?.side !== 'partner' || method === 'GET' || method === 'HEAD') return true;
    const { state } = await logOf(request, this.runner).read(partner, principal.partnerId);
    expectMayAct(state, this.reflector.get<PartnerStatus[] | undefined>(ALSO_WHILE, context.getHandler()) ?? []);
    return true;
  }
}
