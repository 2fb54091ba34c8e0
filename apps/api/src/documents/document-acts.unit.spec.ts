import { createSecretKey } from 'node:crypto';

import type { VisibleDocument } from './document-acts';
import { DocumentActs } from './document-acts';

const key = createSecretKey(Buffer.alloc(32, 1));
const upload = { sha256: '0'.repeat(64), size: 1, mediaType: 'application/pdf' };
const shown = { id: 'minutes', uploaded: { status: 'uploaded', upload } } as unknown as VisibleDocument;

/** Documents of which the store has this content and the vault this key. */
const acts = (content: object | undefined, kept: typeof key | 'destroyed') =>
  new DocumentActs(
    {} as never,
    { read: () => Promise.resolve({ state: { status: 'none' } }) } as never,
    { get: () => Promise.resolve(content) } as never,
    { keyOf: () => Promise.resolve(kept) } as never,
    {} as never,
    { key: () => key } as never,
  );

it('given no such document, then whoever asks is told so, and no more', () =>
  expect(acts({}, key).find({} as never, 'unheard-of')).rejects.toMatchObject({
    code: 'DOCUMENT_NOT_FOUND',
    kind: 'not-found',
  }));

it('given a document whose content is not in its store, then an operator is told where to look', () =>
  expect(acts(undefined, key).content(shown)).rejects.toMatchObject({
    code: 'DOCUMENT_CONTENT_MISSING',
    kind: 'unavailable',
    details: { remedy: expect.stringContaining('folder or bucket') as string },
  }));

it('given a document whose key is destroyed, then it is erased, whatever the store still has', () =>
  expect(acts({}, 'destroyed').content(shown)).rejects.toMatchObject({ code: 'DOCUMENT_ERASED', kind: 'not-found' }));

it('given content and key, then it is handed out', async () => {
  const content = {};
  expect(await acts(content, key).content(shown)).toBe(content);
});
