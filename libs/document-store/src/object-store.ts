import type { Readable } from 'node:stream';

export type Content = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Bytes under a name, outside log and database. Names are path-like: `documents/<hash>/<id>`. Throws a `Refusal` of the
 * kind `unavailable` where the store does not answer.
 */
export interface ObjectStore {
  /**
   * Keeps a content under a name, in place of what was there: durable when this resolves, and whole or not at all. The
   * name is asked for once the content has been read to its end; an error while reading leaves nothing.
   */
  put(name: string | (() => string), content: Content): Promise<void>;
  get(name: string): Promise<Readable | undefined>;
  /** What is removed is gone, as far as the store can make it. Quiet where there is nothing. */
  remove(name: string): Promise<void>;
}

const NAME = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*$/;

/** Guards every adapter: a name is made by us, of ids and hashes, and can lead nowhere else. */
export const checked = (name: string): string => {
  if (NAME.test(name)) return name;
  throw new RangeError(`"${name}" is not the name of an object`);
};
