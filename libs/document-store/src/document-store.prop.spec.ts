import { createHash, createSecretKey, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';

import fc from 'fast-check';

import { ContentBroken, DocumentStore, type ObjectStore } from '.';

const key = createSecretKey(randomBytes(32));
const anything = (mediaType = 'application/octet-stream'): string => mediaType;

/** Objects in memory, handed out in pieces of any size. */
const memory = (objects: Map<string, Buffer>, piece: number): ObjectStore => ({
  put: async (name, content) => {
    const whole = await buffer(Readable.from(content));
    objects.set(typeof name === 'string' ? name : name(), whole);
  },
  get: (name) => {
    const whole = objects.get(name);
    const pieces = whole && Array.from({ length: Math.ceil(whole.length / piece) }, (_, n) => n * piece);
    return Promise.resolve(pieces && Readable.from(pieces.map((at) => whole.subarray(at, at + piece))));
  },
  remove: (name) => {
    objects.delete(name);
    return Promise.resolve();
  },
});

const content = fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 8 });
const piece = fc.integer({ min: 1, max: 100 });

it('whatever is uploaded, in whatever pieces, comes back as it was, with its hash and size', () =>
  fc.assert(
    fc.asyncProperty(content, piece, async (chunks, size) => {
      const store = new DocumentStore(memory(new Map(), size));
      const whole = Buffer.concat(chunks);
      const examined = await store.put('one', key, chunks, anything);
      expect(examined).toMatchObject({
        size: whole.length,
        sha256: createHash('sha256').update(whole).digest('hex'),
      });
      expect(await store.examine(chunks, anything)).toEqual(examined);
      const back = await store.get('one', examined.sha256, key);
      expect(back && (await buffer(back)).equals(whole)).toBe(true);
    }),
  ));

it('whichever byte of the stored content is changed, it never comes back whole', () =>
  fc.assert(
    fc.asyncProperty(content, piece, fc.nat(), fc.integer({ min: 1, max: 255 }), async (chunks, size, at, flip) => {
      const objects = new Map<string, Buffer>();
      const store = new DocumentStore(memory(objects, size));
      const { sha256, size: length } = await store.put('one', key, chunks, anything);
      const [stored] = objects.values();
      if (!stored) throw new Error('nothing is stored');
      stored[at % stored.length] = (stored[at % stored.length] ?? 0) ^ flip;
      const received: Buffer[] = [];
      const reading = async () => {
        for await (const chunk of (await store.get('one', sha256, key)) ?? []) received.push(chunk as Buffer);
      };
      await expect(reading()).rejects.toBeInstanceOf(ContentBroken);
      expect(Buffer.concat(received).length).toBeLessThan(length);
    }),
  ));

it('given the content of one document, then it does not open as another, nor with another key', async () => {
  const objects = new Map<string, Buffer>();
  const store = new DocumentStore(memory(objects, 10));
  const { sha256 } = await store.put('one', key, [Buffer.from('text')], anything);
  objects.set(`documents/${sha256}/two`, objects.get(`documents/${sha256}/one`) ?? Buffer.alloc(0));
  const asAnother = await store.get('two', sha256, key);
  const withAnother = await store.get('one', sha256, createSecretKey(randomBytes(32)));
  await expect(buffer(asAnother ?? Readable.from([]))).rejects.toBeInstanceOf(ContentBroken);
  await expect(buffer(withAnother ?? Readable.from([]))).rejects.toBeInstanceOf(ContentBroken);
});

it('given a content that is not accepted by its first bytes, then nothing is kept', async () => {
  const objects = new Map<string, Buffer>();
  const refuse = (mediaType: string | undefined) => {
    throw new Error(`${String(mediaType)} is refused`);
  };
  await expect(new DocumentStore(memory(objects, 10)).put('one', key, [Buffer.from('MZ')], refuse)).rejects.toThrow(
    'is refused',
  );
  expect(objects.size).toBe(0);
});

it('given a stored document, when its reader gives up before the first byte, then what is stored is closed', async () => {
  const objects = memory(new Map(), 10);
  const opened: Readable[] = [];
  const get = async (name: string) => {
    const sealed = await objects.get(name);
    if (sealed) opened.push(sealed);
    return sealed;
  };
  const store = new DocumentStore({ ...objects, get });
  const { sha256 } = await store.put('one', key, [Buffer.from('the minutes')], anything);
  const reading = await store.get('one', sha256, key);
  reading?.destroy();
  await setImmediate();
  expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
});

it('given a stored document, then its plain bytes are nowhere in the store', async () => {
  const objects = new Map<string, Buffer>();
  await new DocumentStore(memory(objects, 10)).put('one', key, [Buffer.from('canary')], anything);
  expect([...objects.values()].some((stored) => stored.includes('canary'))).toBe(false);
});
