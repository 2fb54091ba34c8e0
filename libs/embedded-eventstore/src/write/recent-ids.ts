import { LRUCache } from 'lru-cache';

/** About as many as fit the 8 MB that the real server keeps. */
const REMEMBERED = 65_536;

/** Where the events written lately stand, by id: what makes a repeat with `any` harmless most of the time. */
export class RecentIds {
  private readonly places = new LRUCache<string, { streamId: number; revision: bigint }>({ max: REMEMBERED });

  remember(id: string, streamId: number, revision: bigint): void {
    this.places.set(id, { streamId, revision });
  }

  revisionOf(id: string, streamId: number): bigint | undefined {
    const place = this.places.get(id);
    return place?.streamId === streamId ? place.revision : undefined;
  }
}
