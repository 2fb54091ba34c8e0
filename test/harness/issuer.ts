import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

const KEY_ID = 'key-1';

/** Somebody as the provider knows them. */
export interface IssuedPerson {
  readonly sub: string;
  readonly name?: string;
  readonly roles: readonly string[];
  readonly partner_id?: string;
}

/** An OIDC provider: discovery document, key set, a private key to sign with, and a sign-in that lets one person in. */
export interface Issuer {
  /** Whoever signs in is this person. */
  person: IssuedPerson;
  /** How long its access tokens live. */
  lifeS: number;
  readonly url: string;
  /** While down, it breaks every connection. */
  down: boolean;
  readonly sign: (claims: JWTPayload, key?: CryptoKey, typ?: string) => Promise<string>;
  /** The public key as its PEM, which everybody has. */
  readonly publicKey: () => Promise<string>;
  readonly close: () => Promise<void>;
}

export const aKeyPair = () => generateKeyPair('RS256');

export const startIssuer = async (): Promise<Issuer> => {
  const { publicKey, privateKey } = await aKeyPair();
  const keys = [{ ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' }];
  const server = createServer((request, response) => {
    const documents: Readonly<Record<string, object>> = {
      '/.well-known/openid-configuration': {
        issuer: issuer.url,
        jwks_uri: `${issuer.url}/keys`,
        authorization_endpoint: `${issuer.url}/authorize`,
        token_endpoint: `${issuer.url}/token`,
        end_session_endpoint: `${issuer.url}/end`,
      },
      '/keys': { keys },
    };
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer.url);
    const document = documents[pathname];
    if (issuer.down) request.socket.destroy();
    else if (pathname === '/authorize') response.writeHead(302, { location: authorized(searchParams) }).end();
    else if (pathname === '/token') void text(request).then((body) => answerToken(new URLSearchParams(body), response));
    else response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(document));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  /** Asked for codes, and refresh tokens that are still good, each for one use. */
  const codes = new Map<string, URLSearchParams>();
  const refreshTokens = new Set<string>();
  const authorized = (asked: URLSearchParams): string => {
    const code = randomUUID();
    codes.set(code, asked);
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString();
    return back.href;
  };
  const answerToken = async (sent: URLSearchParams, response: ServerResponse): Promise<void> => {
    const asked = codes.get(sent.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(sent.get('code_verifier') ?? '')
      .digest('base64url');
    const isGood =
      sent.get('grant_type') === 'refresh_token'
        ? refreshTokens.delete(sent.get('refresh_token') ?? '')
        : asked?.get('code_challenge') === challenge && codes.delete(sent.get('code') ?? '');
    const json = { 'content-type': 'application/json' };
    if (!isGood) {
      response.writeHead(400, json).end(JSON.stringify({ error: 'invalid_grant' }));
      return;
    }
    const refreshToken = randomUUID();
    refreshTokens.add(refreshToken);
    const now = Math.floor(Date.now() / 1_000);
    const claims = { ...issuer.person, iss: issuer.url, iat: now, exp: now + issuer.lifeS };
    const idClaims = { ...claims, exp: now + 300, aud: 'portal', nonce: asked?.get('nonce') ?? undefined };
    response.writeHead(200, json).end(
      JSON.stringify({
        access_token: await issuer.sign({ ...claims, aud: 'register', jti: randomUUID() }, privateKey, 'at+jwt'),
        id_token: await issuer.sign(idClaims),
        refresh_token: refreshToken,
        token_type: 'Bearer',
        expires_in: issuer.lifeS,
      }),
    );
  };
  const issuer: Issuer = {
    person: { sub: 'ada@vendor.example', name: 'Ada Lovelace', roles: ['channel-manager'] },
    lifeS: 600,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    down: false,
    sign: (claims, key = privateKey, typ) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: KEY_ID, ...(typ && { typ }) }).sign(key),
    publicKey: () => exportSPKI(publicKey),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return issuer;
};
