import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { AwsClient } from 'aws4fetch';

import { storeUnavailable } from './failures';
import { checked, type ObjectStore } from './object-store';

const RETRIES = 3;

/**
 * Objects in a bucket of anything that speaks S3, signed by signature version 4. The address holds everything:
 * `https://<key>:<secret>@<host>/<bucket>?region=<region>`. Removing is only real where the bucket keeps no versions.
 */
export const s3Store = (address: string): ObjectStore => {
  const { url, accessKeyId, secretAccessKey, region } = partsOf(address);
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: RETRIES });
  const ask = async (method: string, name: string, more: RequestInit = {}): Promise<Response> => {
    const response = await client.fetch(`${url}/${checked(name)}`, { method, ...more }).catch((error: unknown) => {
      throw storeUnavailable(error);
    });
    if (response.ok || response.status === 404) return response;
    throw storeUnavailable(new Error(`${method} ${name}: ${response.status} ${await response.text()}`));
  };
  return {
    put: async (name, content) => {
      // S3 wants length and hash before the first byte; what is put is bounded by the limit on uploads.
      const body = await buffer(Readable.from(content));
      const { status } = await ask('PUT', typeof name === 'string' ? name : name(), {
        body,
        headers: { 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') },
      });
      if (status === 404) throw storeUnavailable(new Error(`There is no bucket at ${url}`));
    },

    get: async (name) => {
      const { status, body } = await ask('GET', name);
      return status === 404 || body === null ? undefined : Readable.fromWeb(body);
    },

    remove: async (name) => {
      await ask('DELETE', name);
    },
  };
};

const partsOf = (address: string) => {
  const { protocol, host, pathname, username, password, searchParams } = new URL(address);
  return {
    url: `${protocol}//${host}${pathname.replace(/\/$/, '')}`,
    accessKeyId: decodeURIComponent(username),
    secretAccessKey: decodeURIComponent(password),
    region: searchParams.get('region') ?? 'us-east-1',
  };
};
