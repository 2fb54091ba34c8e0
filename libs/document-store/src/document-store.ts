import { createHash, type KeyObject } from 'node:crypto';
import { Readable } from 'node:stream';

import type { Content, ObjectStore } from './object-store';
import { openContent, sealContent } from './sealed-content';
import { sniff, SNIFFED_BYTES } from './sniff';

/** What the system finds out about an upload; nobody is asked for it. */
export interface Examined {
  /** Of the content as it was uploaded, in hex. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  /** By its bytes. */
  readonly mediaType: string;
}

/** Takes a content by what its first bytes are, undefined where nobody knows; says no by throwing. */
export type Accept = (mediaType: string | undefined) => string;

const nameOf = (documentId: string, sha256: string): string => `documents/${sha256}/${documentId}`;

/**
 * Uploaded documents, each encrypted with a key of its own and addressed by the hash of its content and by its id. The
 * same bytes from two uploaders are two objects, so that forgetting one leaves the other, and nobody can tell by trying
 * whether somebody else has a file. The plain bytes never touch the disk.
 */
export class DocumentStore {
  constructor(private readonly objects: ObjectStore) {}

  /** Keeps a content, durably when this resolves. The same again changes nothing. */
  async put(documentId: string, key: KeyObject, content: Content, accept: Accept): Promise<Examined> {
    const examination = new Examination(accept);
    await this.objects.put(
      () => nameOf(documentId, examination.result().sha256),
      sealContent(key, documentId, examination.of(content)),
    );
    return examination.result();
  }

  /** Looks at a content without keeping it. */
  async examine(content: Content, accept: Accept): Promise<Examined> {
    const examination = new Examination(accept);
    const chunks = examination.of(content);
    while (!(await chunks.next()).done);
    return examination.result();
  }

  /** The content as it was uploaded; it breaks off before its end where the stored bytes were changed. */
  async get(documentId: string, sha256: string, key: KeyObject): Promise<Readable | undefined> {
    const sealed = await this.objects.get(nameOf(documentId, sha256));
    if (!sealed) return undefined;
    // Whoever gives up before the first byte never starts the reading that would close what is read.
    return Readable.from(openContent(key, documentId, sealed), { objectMode: false }).once('close', () =>
      sealed.destroy(),
    );
  }

  remove(documentId: string, sha256: string): Promise<void> {
    return this.objects.remove(nameOf(documentId, sha256));
  }
}

/** Hashes, counts and sniffs a content on its way. */
class Examination {
  private readonly hash = createHash('sha256');
  private size = 0;
  private mediaType = '';
  private examined: Examined | undefined;

  constructor(private readonly accept: Accept) {}

  async *of(content: Content): AsyncGenerator<Uint8Array> {
    let head: Buffer | undefined = Buffer.alloc(0);
    for await (const chunk of content) {
      this.hash.update(chunk);
      this.size += chunk.length;
      if (!head) {
        yield chunk;
        continue;
      }
      head = Buffer.concat([head, chunk]);
      if (head.length < SNIFFED_BYTES) continue;
      yield await this.sniffed(head);
      head = undefined;
    }
    if (head) yield await this.sniffed(head);
    this.examined = { sha256: this.hash.digest('hex'), size: this.size, mediaType: this.mediaType };
  }

  result(): Examined {
    if (!this.examined) throw new Error('The content has not been read to its end');
    return this.examined;
  }

  private async sniffed(head: Buffer): Promise<Buffer> {
    this.mediaType = this.accept(await sniff(head));
    return head;
  }
}
