import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  type OnApplicationBootstrap,
  SetMetadata,
} from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth } from '@nestjs/swagger';
import { applyDecorators, Inject } from '@nestjs/common';
import { Refusal } from '@tempore/kernel';
import type { Role } from '@tempore/principals';
import type { FastifyRequest } from 'fastify';

import { AUTHENTICATE, type Authenticate } from './authentication';

const POLICY = 'tempore:policy';

type Policy = 'anyone' | readonly Role[];

/** Opens a route to the roles named, and to nobody else. */
export const Allow = (...roles: readonly [Role, ...Role[]]): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata<string, Policy>(POLICY, roles), ApiBearerAuth());

/** Opens a route to callers without a token. */
export const AllowAnyone = (): MethodDecorator =>
  applyDecorators(SetMetadata<string, Policy>(POLICY, 'anyone'), RouteConfig({ open: true }));

const forbidden = (roles: readonly Role[]): Refusal =>
  new Refusal('FORBIDDEN', 'forbidden', `This needs one of the roles ${roles.join(', ')}.`);

/** Denies by default: authenticates every request and holds it against its route's policy. */
@Injectable()
export class PolicyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTHENTICATE) private readonly authenticate: Authenticate,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = this.reflector.getAllAndOverride<Policy | undefined>(POLICY, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (policy === 'anyone') return true;
    if (!policy) throw forbidden([]);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { roles } = await this.authenticate(request);
    if (!roles.some((role: Role) => policy.includes(role))) throw forbidden(policy);
    return true;
  }
}

/** A route without a policy fails at boot, not at its first call. */
@Injectable()
export class PolicyCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const open = this.discovery.getControllers().flatMap(({ metatype }) => {
      if (!metatype) return [];
      const prototype = metatype.prototype as Record<string, (...args: unknown[]) => unknown>;
      return this.scanner
        .getAllMethodNames(prototype)
        .map((name) => ({ name, handler: prototype[name] }))
        .filter(({ handler }) => handler && Reflect.hasMetadata('path', handler))
        .filter(
          ({ handler }) =>
            handler && !this.reflector.getAllAndOverride<Policy | undefined>(POLICY, [handler, metatype]),
        )
        .map(({ name }) => `${metatype.name}.${name}`);
    });
    if (open.length > 0) throw new Error(`These routes have no policy; add @Allow or @AllowAnyone: ${open.join(', ')}`);
  }
}
