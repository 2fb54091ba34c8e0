/**
 * The double of the other tests checks no signatures, so a second implementation of signature version 4, held against
 * the example that Amazon publishes, checks the requests that the adapter sends.
 */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { s3Store } from '.';

interface Signed {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The signature that a request should carry (Signature Version 4, "Authenticating Requests: Authorization Header"). */
const signatureOf = ({ method, url, headers }: Signed, secret: string): string => {
  const authorization = String(headers['authorization']);
  const scope = /Credential=[^/]+\/([^,]+)/.exec(authorization)?.[1] ?? '';
  const names = (/SignedHeaders=([^,]+)/.exec(authorization)?.[1] ?? '').split(';');
  const [day = '', region = '', service = ''] = scope.split('/');
  const { pathname, searchParams } = new URL(url, 'http://host');
  const query = [...searchParams].map(([name, value]) => `${name}=${value}`).sort();
  const request = [
    method,
    pathname,
    query.join('&'),
    ...names.map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names.join(';'),
    headers['x-amz-content-sha256'],
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(request)].join('\n');
  const key = [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${secret}`, day));
  return hmac(key, text).toString('hex');
};

const carried = ({ headers }: Signed): string | undefined =>
  /Signature=([0-9a-f]{64})$/.exec(String(headers['authorization']))?.[1];

it('given the example that Amazon publishes, then the check of these tests computes its signature', () => {
  const example: Signed = {
    method: 'GET',
    url: '/?lifecycle=',
    headers: {
      host: 'examplebucket.s3.amazonaws.com',
      'x-amz-date': '20130524T000000Z',
      'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
        'SignedHeaders=host;x-amz-content-sha256;x-amz-date,' +
        'Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    },
  };
  expect(signatureOf(example, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')).toBe(carried(example));
});

describe('requests of the adapter', () => {
  const secret = 'a secret/with+signs';
  const requests: (Signed & { readonly body: Buffer })[] = [];
  let server: Server;
  let address: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { method = '', url = '', headers } = request;
      void buffer(request).then((body) => {
        requests.push({ method, url, headers, body });
        response.end('content');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    address = `http://KEY:${encodeURIComponent(secret)}@127.0.0.1:${port}/bucket?region=eu-central-1`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each(['PUT', 'GET', 'DELETE'] as const)(
    'given a %s, then it is signed by key, region and content',
    async (method) => {
      const store = s3Store(address);
      const name = 'documents/0a/b1';
      if (method === 'PUT') await store.put(name, [Buffer.from('the content')]);
      else if (method === 'GET') expect((await store.get(name))?.readable).toBe(true);
      else await store.remove(name);
      const request = requests.at(-1);
      if (!request) throw new Error('nothing arrived');
      expect(request).toMatchObject({ method, url: `/bucket/${name}` });
      expect(request.headers['authorization']).toContain('Credential=KEY/');
      expect(request.headers['authorization']).toContain('/eu-central-1/s3/aws4_request');
      expect(signatureOf(request, secret)).toBe(carried(request));
      expect(signatureOf(request, 'another secret')).not.toBe(carried(request));
      if (method === 'PUT') expect(request.headers['x-amz-content-sha256']).toBe(sha256(request.body));
    },
  );
});
