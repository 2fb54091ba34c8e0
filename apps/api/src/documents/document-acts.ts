import type { KeyObject } from 'node:crypto';
import type { Readable } from 'node:stream';

import { Inject, Injectable } from '@nestjs/common';
import { type Act, organisationOf, type Principal, requestHasher, type Secrets, viewerOf } from '@tempore/acts';
import { DocumentStore } from '@tempore/document-store';
import {
  DOCUMENT,
  document,
  type DocumentState,
  maySee,
  uploadable,
  visibleInCase,
  seesUnfiled,
  type Viewer,
} from '@tempore/documents';
import { CommandRunner } from '@tempore/event-store';
import { Refusal } from '@tempore/kernel';
import { open, seal, Vault } from '@tempore/personal-data';
import { type Database, isHandedIn } from '@tempore/read-models';

import { SECRETS } from '../../../composition/src/secrets';
import type { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { DATABASE } from '../reading/database';
import type { UploadedFile } from './upload';

/** A document as somebody sees it who may. */
export interface VisibleDocument {
  readonly id: string;
  readonly fileName: string;
  readonly uploaded: Extract<DocumentState, { status: 'uploaded' }>;
}

/** The name under which the vault keeps a document's key. */
const ownerOf = (documentId: string): string => `${DOCUMENT}/${documentId}`;
const placeOfName = (documentId: string) => ({ owner: ownerOf(documentId), path: 'fileName' });

/** Documents on their way in and out: the bytes in the store, the fact in the log, the key in the vault. */
@Injectable()
export class DocumentActs {
  private readonly hash: (content: unknown) => string;

  constructor(
    private readonly commands: Commands,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(DocumentStore) private readonly store: DocumentStore,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(SECRETS) secrets: Secrets,
  ) {
    this.hash = requestHasher(secrets);
  }

  /**
   * Keeps the bytes, then records them. A crash in between leaves bytes that nothing speaks of; the repeat of the request
   * puts the same in their place. Throws `DOCUMENT_TYPE_REFUSED` once the first bytes tell.
   */
  async upload(act: Act, { fileName, content }: UploadedFile): Promise<CommandAnswer> {
    const id = act.newId(DOCUMENT);
    const key = await this.vault.keyFor(ownerOf(id), act.meta.now);
    const { state } = await this.runner.read(document, id);
    // What comes under the key of an upload that is on record is compared with it, and replaces nothing.
    const { sha256, size, mediaType } =
      state.status === 'uploaded'
        ? await this.store.examine(content, uploadable)
        : await this.store.put(id, key, content, uploadable);
    const sealedName = seal(key, placeOfName(id), fileName, act.meta.commandId);
    const visibleTo = visibleInCase(organisationOf(act.principal));
    // The body was a stream and is in no hash yet: what the request says is what the file says.
    const requestHash = this.hash({ sha256, fileName: sealedName.commitment });
    return this.commands.run({ ...act, meta: { ...act.meta, requestHash } }, document, id, {
      type: 'UploadDocument',
      data: { sha256, size, mediaType, fileName: sealedName, visibleTo },
    });
  }

  /** Throws `DOCUMENT_NOT_FOUND`, also where there is one that is not for this principal. */
  async find(principal: Principal, id: string): Promise<VisibleDocument> {
    const { state } = await this.runner.read(document, id);
    if (state.status === 'none' || !(await this.isOpenTo(viewerOf(principal), id, state)))
      throw new Refusal('DOCUMENT_NOT_FOUND', 'not-found', 'There is no such document.');
    return { id, uploaded: state, fileName: open(await this.keyOf(id), placeOfName(id), state.upload.fileName) };
  }

  private async isOpenTo(viewer: Viewer, id: string, state: DocumentState): Promise<boolean> {
    if (state.status === 'none' || !maySee(viewer, state)) return false;
    return seesUnfiled(viewer, state.upload.visibleTo.partnerId) || isHandedIn(this.database, id);
  }

  async content({ id, uploaded: { upload } }: VisibleDocument): Promise<Readable> {
    const content = await this.store.get(id, upload.sha256, await this.keyOf(id));
    if (content) return content;
    throw new Refusal('DOCUMENT_CONTENT_MISSING', 'unavailable', 'The content of the document is not in its store.', {
      remedy: 'Check that the folder or bucket of the objects is the one this installation was set up with.',
    });
  }

  private async keyOf(id: string): Promise<KeyObject> {
    const key = await this.vault.keyOf(ownerOf(id));
    if (key !== 'destroyed') return key;
    throw new Refusal('DOCUMENT_ERASED', 'not-found', 'The content of this document is erased.');
  }
}
