import type { Readable } from 'node:stream';

/**
 * Where the vault keeps one random share per owner: outside the database, whose write-ahead log, replicas and dumps
 * remember for long what was deleted. What is removed here must be gone.
 */
export interface KeyShares {
  /** Durable when it resolves; whole or not at all. */
  put(name: string, content: Iterable<Uint8Array>): Promise<unknown>;
  get(name: string): Promise<Readable | undefined>;
  /** Quiet where there is none. */
  remove(name: string): Promise<void>;
}
