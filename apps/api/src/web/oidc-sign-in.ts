import type { OidcSettings } from '@tempore/settings';
import * as oidc from 'openid-client';
import { z } from 'zod';

import type { TokenVerifier } from '../auth/token-verifier';
import { openJson, sealJson } from './sealed-json';
import type { Refresh, SignIn } from './sessions';

/** Injection token of `OidcSignIn`; undefined where people do not sign in by an issuer. */
export const OIDC_SIGN_IN = Symbol('OIDC_SIGN_IN');

/** So long somebody may take at the issuer. */
export const SIGN_IN_S = 600;
const ISSUER_TIMEOUT_S = 5;
const CONTEXT = 'sign-in';

const underWaySchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  until: z.number(),
});

interface Client {
  readonly issuer: string;
  readonly client: NonNullable<OidcSettings['client']>;
  /** Where people reach this installation. */
  readonly publicUrl: string;
  readonly key: Buffer;
  readonly verify: TokenVerifier;
}

/** Signs people in at the configured issuer: authorization code with PKCE, and no token within reach of a script. */
export class OidcSignIn {
  private discovered: Promise<oidc.Configuration> | undefined;

  constructor(private readonly client: Client) {}

  /** Where to send the browser, and what it has to bring back. */
  async begin(returnTo: string): Promise<{ readonly url: URL; readonly sealed: string }> {
    const configuration = await this.configuration();
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.callback(),
      scope: this.client.client.scope,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    const underWay = { state, nonce, verifier, returnTo, until: Date.now() + SIGN_IN_S * 1_000 };
    return { url, sealed: sealJson(this.client.key, CONTEXT, underWay).toString('base64url') };
  }

  /** Throws where what came back is not the end of the sign-in that this browser began. */
  async finish(query: string, sealed: string): Promise<{ readonly signIn: SignIn; readonly returnTo: string }> {
    const underWay = underWaySchema.parse(openJson(this.client.key, CONTEXT, Buffer.from(sealed, 'base64url')));
    if (underWay.until < Date.now()) throw new Error('The sign-in took too long');
    const tokens = await oidc.authorizationCodeGrant(
      await this.configuration(),
      new URL(`${this.callback()}${query}`),
      {
        expectedState: underWay.state,
        expectedNonce: underWay.nonce,
        pkceCodeVerifier: underWay.verifier,
        idTokenExpected: true,
      },
    );
    const name = tokens.claims()?.['name'];
    const verified = await this.client.verify(tokens.access_token);
    const signIn = {
      ...verified,
      name: typeof name === 'string' ? name : null,
      refreshToken: tokens.refresh_token ?? null,
    };
    return { signIn, returnTo: underWay.returnTo };
  }

  readonly refresh: Refresh = async (refreshToken) => {
    const tokens = await oidc.refreshTokenGrant(await this.configuration(), refreshToken);
    return { ...(await this.client.verify(tokens.access_token)), refreshToken: tokens.refresh_token ?? null };
  };

  /** Where the issuer's own session ends; null where it offers no such place. */
  async endAddress(): Promise<string | null> {
    const configuration = await this.configuration();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: this.client.publicUrl }).href;
  }

  private callback(): string {
    return new URL('/auth/callback', this.client.publicUrl).href;
  }

  private configuration(): Promise<oidc.Configuration> {
    const { issuer, client } = this.client;
    this.discovered ??= oidc
      .discovery(new URL(issuer), client.id, client.secret, client.secret ? undefined : oidc.None(), {
        timeout: ISSUER_TIMEOUT_S,
        // Settings take an issuer without TLS outside production alone.
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so only that nobody uses it unaware
        execute: issuer.startsWith('http://') ? [oidc.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        this.discovered = undefined;
        throw error;
      });
    return this.discovered;
  }
}
