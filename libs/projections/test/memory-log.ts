import { comparePositions, type Position, type StoredEvent } from '@tempore/kernel';

import type { Delivery, LogSource } from '../src';

export interface MemoryLogOptions {
  /** Commit position of the first event. */
  readonly firstPosition?: bigint;
  readonly batchSize?: number;
}

/** A log in memory behind the port that views read: appended to by tests, followed by workers. */
export class MemoryLog {
  readonly events: StoredEvent[] = [];
  /** How many events have been handed to readers, all readers together. */
  delivered = 0;
  /** How many streams were read by themselves. */
  loaded = 0;
  /** How many readers were ever opened. */
  opened = 0;
  private through: Position | undefined;
  private next: bigint;
  private readonly batchSize: number;
  private readonly revisions = new Map<string, bigint>();
  private readonly waiting = new Set<() => void>();

  constructor({ firstPosition = 1n, batchSize = 100 }: MemoryLogOptions = {}) {
    this.next = firstPosition;
    this.batchSize = batchSize;
  }

  get head(): Position {
    const head = this.through;
    if (!head) throw new Error('the log is empty');
    return head;
  }

  append(stream: string, type: string, data: unknown, recordedAt = '2026-03-01T09:00:00.000Z'): StoredEvent {
    const revision = (this.revisions.get(stream) ?? -1n) + 1n;
    this.revisions.set(stream, revision);
    const number = this.events.length + 1;
    const event: StoredEvent = {
      stream,
      revision,
      id: `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`,
      type,
      data,
      metadata: {
        $correlationId: `correlation-${number}`,
        $causationId: `cause-${number}`,
        actor: 'actor-1',
        commandId: `command-${number}`,
        requestHash: '',
        occurredAt: recordedAt,
        recordedAt,
        decider: 'test@1',
        schemaVersion: 1,
      },
      position: this.place(),
    };
    this.events.push(event);
    this.wake();
    return event;
  }

  /** Something that no view of this log is given happens in the store. */
  passBy(): Position {
    this.place();
    this.wake();
    return this.head;
  }

  readonly source: LogSource = {
    follow: ({ from, signal }) => this.read(from, signal),
    load: (stream, through) => {
      this.loaded++;
      return Promise.resolve(this.events.filter((event) => event.stream === stream && event.revision <= through));
    },
  };

  private async *read(from: Position | undefined, signal: AbortSignal): AsyncGenerator<Delivery, void, undefined> {
    this.opened++;
    let at = from ? this.events.findIndex(({ position }) => comparePositions(position, from) > 0) : 0;
    if (at < 0) at = this.events.length;
    let told: Position | undefined;
    let caughtUp = false;
    signal.addEventListener('abort', () => {
      this.wake();
    });
    while (!signal.aborted) {
      const changed = new Promise<void>((resolve) => this.waiting.add(resolve));
      const events = this.events.slice(at, at + this.batchSize);
      at += events.length;
      const isEnd = at === this.events.length;
      const through = isEnd ? this.through : events.at(-1)?.position;
      if (events.length > 0 || !caughtUp || through !== told) {
        this.delivered += events.length;
        told = through;
        yield { events, through, caughtUp: isEnd && !caughtUp };
        caughtUp ||= isEnd;
      }
      if (at === this.events.length && told === this.through) await changed;
    }
  }

  private place(): Position {
    this.through = { commit: this.next, prepare: this.next };
    this.next += 100n;
    return this.through;
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
