import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refusal } from '@tempore/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { LOGGER } from '../../../composition/src/logger';
import { AllowAnyone } from '../auth/policy';
import { isFromThisMachine, LOCAL_SIGN_IN, type LocalSignIn } from './local-sign-in';
import { OIDC_SIGN_IN, type OidcSignIn, SIGN_IN_S } from './oidc-sign-in';
import { returnTo } from './return-to';
import { expectSameOrigin } from './same-origin';
import { LocalPeopleDto, LocalSignInDto, SignedInDto } from './session.dto';
import { forgetSignIn, rememberSignIn, setSession, signInUnderWay } from './session-cookie';
import { SESSION_HOURS, Sessions } from './sessions';

const SESSION_S = SESSION_HOURS * 3_600;

/** How a browser gets its session: at the issuer, or, where there is none, by saying on this machine who one is today. */
@ApiTags('Session')
@Controller('auth')
export class SignInController {
  constructor(
    private readonly sessions: Sessions,
    @Inject(OIDC_SIGN_IN) private readonly issuer: OidcSignIn | undefined,
    @Inject(LOCAL_SIGN_IN) private readonly local: LocalSignIn | undefined,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** A page, not an answer: the browser is sent to where people sign in. */
  @Get('login')
  @AllowAnyone()
  @ApiExcludeEndpoint()
  async begin(@Query() query: Record<string, string>, @Res() reply: FastifyReply): Promise<void> {
    const back = returnTo(query['returnTo']);
    if (!this.issuer) {
      await reply.redirect(`/sign-in?returnTo=${encodeURIComponent(back)}`, 302);
      return;
    }
    try {
      const { url, sealed } = await this.issuer.begin(back);
      rememberSignIn(reply, sealed, SIGN_IN_S);
      await reply.redirect(url.href, 302);
    } catch (error) {
      await this.failed(reply, error);
    }
  }

  /** Where the issuer sends the browser back to. */
  @Get('callback')
  @AllowAnyone()
  @ApiExcludeEndpoint()
  async finish(@Query() _query: object, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const sealed = signInUnderWay(request);
    forgetSignIn(reply);
    try {
      if (!this.issuer || sealed === undefined) throw new Error('No sign-in is under way in this browser');
      const finished = await this.issuer.finish(queryIn(request.url), sealed);
      setSession(reply, await this.sessions.open(finished.signIn), SESSION_S);
      await reply.redirect(finished.returnTo, 302);
    } catch (error) {
      await this.failed(reply, error);
    }
  }

  @Get('local')
  @AllowAnyone()
  @ApiOperation({
    summary: 'Whom you may be on this machine today',
    description: 'Outside production, where no issuer signs people in; asked from this machine alone.',
  })
  @ApiOkResponse({ type: LocalPeopleDto })
  async people(@Req() request: FastifyRequest): Promise<LocalPeopleDto> {
    return { people: await this.here(request).people() };
  }

  @Post('local')
  @AllowAnyone()
  @HttpCode(200)
  @ApiOperation({ summary: 'Be one of them: the answer’s cookie is the session' })
  @ApiOkResponse({ type: SignedInDto })
  async signIn(
    @Req() request: FastifyRequest,
    @Body() { role, partnerId }: LocalSignInDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    const local = this.here(request);
    expectSameOrigin(request);
    setSession(reply, await this.sessions.open(await local.signIn(role, partnerId)), SESSION_S);
    return { role, partnerId: partnerId ?? null };
  }

  private here(request: FastifyRequest): LocalSignIn {
    if (this.local && isFromThisMachine(request)) return this.local;
    throw new Refusal('NOT_FOUND', 'not-found', 'Nobody signs in here without an issuer.', {
      remedy: 'Sign in at /auth/login.',
    });
  }

  private async failed(reply: FastifyReply, error: unknown): Promise<void> {
    this.logger.warn({ err: error }, 'somebody could not sign in');
    await reply.redirect('/sign-in?failed=true', 302);
  }
}

const queryIn = (url: string): string => (url.includes('?') ? url.slice(url.indexOf('?')) : '');
