import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

const KEY_ID = 'key-1';

/** An OIDC provider: discovery document, key set, and a private key to sign with. */
export interface Issuer {
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
      '/.well-known/openid-configuration': { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` },
      '/keys': { keys },
    };
    const document = documents[request.url ?? ''];
    if (issuer.down) request.socket.destroy();
    else response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(document));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer: Issuer = {
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
