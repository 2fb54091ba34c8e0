import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

import S3rver from 's3rver';

import { folderStore, type ObjectStore, s3Store } from '.';

const read = async (store: ObjectStore, name: string): Promise<string | undefined> => {
  const content = await store.get(name);
  return content && (await buffer(content)).toString();
};

const failing = function* (): Generator<Buffer> {
  yield Buffer.from('half of it');
  throw new Error('the upload broke off');
};

let folder: string;
let bucket: S3rver;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tempore-objects-'));
  bucket = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'tempore', configs: [] }],
  });
  const { port } = await bucket.run();
  address = `http://S3RVER:S3RVER@127.0.0.1:${port}/tempore`;
});

afterAll(async () => {
  await bucket.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each([
  ['a folder', () => folderStore(join(folder, 'objects'))],
  ['a bucket', () => s3Store(address)],
])('objects in %s', (_, storeOf) => {
  it('given nothing under a name, then there is nothing', async () => {
    expect(await read(storeOf(), 'documents/none')).toBeUndefined();
  });

  it('given an object, then another process reads it', async () => {
    await storeOf().put('documents/one', [Buffer.from('first '), Buffer.from('and second')]);
    expect(await read(storeOf(), 'documents/one')).toBe('first and second');
  });

  it('given an object, when another is put in its place, then that is there', async () => {
    await storeOf().put('documents/two', [Buffer.from('old')]);
    await storeOf().put(() => 'documents/two', [Buffer.from('new')]);
    expect(await read(storeOf(), 'documents/two')).toBe('new');
  });

  it('given a content that breaks off, then nothing is kept and what was there stays', async () => {
    await storeOf().put('documents/three', [Buffer.from('whole')]);
    await expect(storeOf().put('documents/three', failing())).rejects.toThrow('the upload broke off');
    expect(await read(storeOf(), 'documents/three')).toBe('whole');
  });

  it('given an object that was removed, then it is gone, and removing it again is quiet', async () => {
    await storeOf().put('documents/four', [Buffer.from('secret')]);
    await storeOf().remove('documents/four');
    await storeOf().remove('documents/four');
    expect(await read(storeOf(), 'documents/four')).toBeUndefined();
  });

  it.each(['../outside', '/etc/passwd', 'a//b', 'A', ''])('given the name "%s", then it is refused', async (name) => {
    await expect(storeOf().put(name, [])).rejects.toThrow(RangeError);
  });
});

describe('what fails', () => {
  it('given an upload that broke off, then a folder keeps no half of it', async () => {
    const store = folderStore(join(folder, 'broken'));
    await expect(store.put('documents/one', failing())).rejects.toThrow();
    expect(await readdir(join(folder, 'broken', 'incoming'))).toEqual([]);
  });

  it.each([
    ['a key that the bucket does not know', () => address.replace('//S3RVER:', '//UNKNOWN:')],
    ['a bucket that does not exist', () => address.replace('/tempore', '/other')],
    ['nobody at the address', () => 'http://S3RVER:S3RVER@127.0.0.1:1/tempore'],
  ])('given %s, then the store is unavailable', async (_, where) => {
    await expect(s3Store(where()).put('documents/one', [Buffer.from('x')])).rejects.toMatchObject({
      code: 'OBJECT_STORE_UNAVAILABLE',
      kind: 'unavailable',
    });
  });

  it('given a folder that cannot be written, then the store is unavailable', async () => {
    await expect(folderStore('/dev/null/objects').put('documents/one', [Buffer.from('x')])).rejects.toMatchObject({
      code: 'OBJECT_STORE_UNAVAILABLE',
    });
  });
});
