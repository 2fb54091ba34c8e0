import { createSecretKey } from 'node:crypto';

import type { Means } from '../means';
import { documentContent, visibleDocument, type VisibleDocument } from './documents';

const key = createSecretKey(Buffer.alloc(32, 1));
const upload = { sha256: '0'.repeat(64), size: 1, mediaType: 'application/pdf' };
const shown = { id: 'minutes', uploaded: { status: 'uploaded', upload } } as unknown as VisibleDocument;

/** Documents of which the store has this content and the vault this key. */
const means = (content: object | undefined, kept: typeof key | 'destroyed') =>
  ({
    runner: { read: () => Promise.resolve({ state: { status: 'none' } }) },
    documents: { get: () => Promise.resolve(content) },
    vault: { keyOf: () => Promise.resolve(kept) },
  }) as unknown as Means;

it('given no such document, then whoever asks is told so, and no more', () =>
  expect(visibleDocument(means({}, key), {} as never, 'unheard-of')).rejects.toMatchObject({
    code: 'DOCUMENT_NOT_FOUND',
    kind: 'not-found',
  }));

it('given a document whose content is not in its store, then an operator is told where to look', () =>
  expect(documentContent(means(undefined, key), shown)).rejects.toMatchObject({
    code: 'DOCUMENT_CONTENT_MISSING',
    kind: 'unavailable',
    details: { remedy: expect.stringContaining('folder or bucket') as string },
  }));

it('given a document whose key is destroyed, then it is erased, whatever the store still has', () =>
  expect(documentContent(means({}, 'destroyed'), shown)).rejects.toMatchObject({
    code: 'DOCUMENT_ERASED',
    kind: 'not-found',
  }));

it('given content and key, then it is handed out', async () => {
  const content = {};
  expect(await documentContent(means(content, key), shown)).toBe(content);
});
