import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { organisationOf, type Principal } from '@tempore/acts';
import { roles } from '@tempore/principals';
import { type Database, findPartner } from '@tempore/read-models';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { INSTALLATION_CLOCK, type InstallationClock } from '../../../composition/src/clock';
import { unauthenticated } from '../auth/authentication';
import { Allow, AllowAnyone } from '../auth/policy';
import { ThePrincipal } from '../auth/the-principal';
import { DATABASE } from '../reading/database';
import { OIDC_SIGN_IN, type OidcSignIn } from './oidc-sign-in';
import { expectSameOrigin } from './same-origin';
import { MeDto, SignedOutDto } from './session.dto';
import { clearSession, sessionSecretOf } from './session-cookie';
import { Sessions } from './sessions';

/** Who somebody is here, and how they leave. */
@ApiTags('Session')
@Controller('auth')
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    @Inject(OIDC_SIGN_IN) private readonly issuer: OidcSignIn | undefined,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(INSTALLATION_CLOCK) private readonly clock: InstallationClock,
  ) {}

  @Get('me')
  @Allow(...roles)
  @ApiOperation({ summary: 'Who asks, for whom they act, and what time it is here' })
  @ApiOkResponse({ type: MeDto })
  async me(@ThePrincipal() principal: Principal, @Req() request: FastifyRequest): Promise<MeDto> {
    const partnerId = organisationOf(principal);
    const partner = partnerId === null ? undefined : await findPartner(this.database, partnerId);
    const secret = request.headers.authorization === undefined ? sessionSecretOf(request) : undefined;
    return {
      id: principal.id,
      name: (secret === undefined ? undefined : await this.sessions.find(secret))?.name ?? null,
      roles: principal.roles,
      partner: partner ? { id: partner.id, legalName: partner.legalName } : null,
      clock: { now: this.clock.now(), simulated: this.clock.move !== undefined },
    };
  }

  @Post('logout')
  @AllowAnyone()
  @HttpCode(200)
  @ApiOperation({ summary: 'End the session of this browser' })
  @ApiOkResponse({ type: SignedOutDto })
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedOutDto> {
    const secret = sessionSecretOf(request);
    if (secret === undefined) throw unauthenticated('No session came with the request.');
    expectSameOrigin(request);
    await this.sessions.end(secret);
    clearSession(reply);
    // Here the session has ended, whether the issuer can be reached or not.
    return { next: (await this.issuer?.endAddress().catch(() => null)) ?? null };
  }
}
