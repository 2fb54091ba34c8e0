import type { KeyObject } from 'node:crypto';
import type { Readable } from 'node:stream';

import {
  DOCUMENT,
  document,
  type DocumentEvent,
  type DocumentState,
  maySee,
  seesUnfiled,
  uploadable,
  type Viewer,
  visibleInCase,
} from '@tempore/documents';
import type { Outcome } from '@tempore/event-store';
import { Refusal } from '@tempore/kernel';
import { open, seal } from '@tempore/personal-data';
import { isHandedIn } from '@tempore/read-models';

import { type Doing, recognisedBy } from '../act';
import type { Means } from '../means';
import { organisationOf, type Principal, viewerOf } from '../principal';
import { tell } from '../tell';

/** A file on its way in. */
export interface UploadedFile {
  /** As the uploader calls it, without a path. */
  readonly fileName: string;
  /** Breaks off with a `Refusal` where it is empty or larger than allowed. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** A document as somebody sees it who may. */
export interface VisibleDocument {
  readonly id: string;
  readonly fileName: string;
  readonly uploaded: Extract<DocumentState, { status: 'uploaded' }>;
}

/** The name under which the vault keeps a document's key. */
const ownerOf = (documentId: string): string => `${DOCUMENT}/${documentId}`;
const placeOfName = (documentId: string) => ({ owner: ownerOf(documentId), path: 'fileName' });

interface DocumentDone {
  readonly id: string;
  readonly outcome: Outcome<DocumentEvent, DocumentState>;
}

/**
 * Keeps the bytes, then records them. A crash in between leaves bytes that nothing speaks of; the repeat of the request
 * puts the same in their place. Throws `DOCUMENT_TYPE_REFUSED` once the first bytes tell.
 */
export const uploadDocument: Doing<UploadedFile, DocumentDone> = async (means, act, { fileName, content }) => {
  const id = act.newId(DOCUMENT);
  const key = await means.vault.keyFor(ownerOf(id), act.meta.now);
  const { state } = await act.log.read(document, id);
  // What comes under the key of an upload that is on record is compared with it, and replaces nothing.
  const { sha256, size, mediaType } =
    state.status === 'uploaded'
      ? await means.documents.examine(content, uploadable)
      : await means.documents.put(id, key, content, uploadable);
  const sealedName = seal(key, placeOfName(id), fileName, act.meta.commandId);
  const visibleTo = visibleInCase(organisationOf(act.principal));
  // The body was a stream: what the request says is what the file says.
  const uploading = recognisedBy(means, act, { sha256, fileName: sealedName.commitment });
  const data = { sha256, size, mediaType, fileName: sealedName, visibleTo };
  return { id, outcome: await tell(uploading, document, id, { type: 'UploadDocument', data }, {}) };
};

/** Throws `DOCUMENT_NOT_FOUND`, also where there is one that is not for this principal. */
export const visibleDocument = async (
  { runner, vault, database }: Pick<Means, 'runner' | 'vault' | 'database'>,
  principal: Principal,
  id: string,
): Promise<VisibleDocument> => {
  const { state } = await runner.read(document, id);
  if (state.status === 'none' || !(await isOpenTo(database, viewerOf(principal), id, state)))
    throw new Refusal('DOCUMENT_NOT_FOUND', 'not-found', 'There is no such document.');
  return { id, uploaded: state, fileName: open(await keyOf(vault, id), placeOfName(id), state.upload.fileName) };
};

const isOpenTo = async (
  database: Means['database'],
  viewer: Viewer,
  id: string,
  state: DocumentState,
): Promise<boolean> => {
  if (state.status === 'none' || !maySee(viewer, state)) return false;
  return seesUnfiled(viewer, state.upload.visibleTo.partnerId) || isHandedIn(database, id);
};

export const documentContent = async (
  { documents, vault }: Pick<Means, 'documents' | 'vault'>,
  { id, uploaded: { upload } }: VisibleDocument,
): Promise<Readable> => {
  const content = await documents.get(id, upload.sha256, await keyOf(vault, id));
  if (content) return content;
  throw new Refusal('DOCUMENT_CONTENT_MISSING', 'unavailable', 'The content of the document is not in its store.', {
    remedy: 'Check that the folder or bucket of the objects is the one this installation was set up with.',
  });
};

const keyOf = async (vault: Means['vault'], id: string): Promise<KeyObject> => {
  const key = await vault.keyOf(ownerOf(id));
  if (key !== 'destroyed') return key;
  throw new Refusal('DOCUMENT_ERASED', 'not-found', 'The content of this document is erased.');
};
