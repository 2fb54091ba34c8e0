import { z } from 'zod';

import { defineEvent } from './event';
import {
  catalogueOf,
  categoryOf,
  comparePositions,
  decode,
  formatPosition,
  parsePosition,
  type StoredEvent,
  subjectOf,
  UndecodableEvent,
} from './log';

const BEYOND = 2n ** 53n;

describe('positions', () => {
  it('given positions beyond 2^53 that a JS number cannot tell apart, then they stay apart', () => {
    const [a, b] = [
      { commit: BEYOND, prepare: BEYOND },
      { commit: BEYOND + 1n, prepare: BEYOND },
    ];
    expect(comparePositions(a, b)).toBe(-1);
    expect(comparePositions(b, a)).toBe(1);
    expect(formatPosition(b)).toBe('9007199254740993/9007199254740992');
    expect(parsePosition(formatPosition(b))).toEqual(b);
  });

  it('given one commit, then the prepare decides', () => {
    const at = (prepare: bigint) => ({ commit: 7n, prepare });
    expect([
      comparePositions(at(1n), at(2n)),
      comparePositions(at(2n), at(2n)),
      comparePositions(at(2n), at(1n)),
    ]).toEqual([-1, 0, 1]);
  });

  it.each(['', '1', '1/', '/1', '-1/1', '1/1/1', '1.5/1', ' 1/1', '1/1\n'])(
    'given "%s", then it is no position',
    (text) => {
      expect(() => parsePosition(text)).toThrow(RangeError);
    },
  );
});

it('given a stream, then its category ends at the first dash, and its subject may hold more of them', () => {
  expect([categoryOf('deal-a-b'), subjectOf('deal-a-b')]).toEqual(['deal', 'a-b']);
});

/** First `{ name }`, then `{ names }`, today `{ names, count }`. */
const renamed = defineEvent(
  'thing-renamed',
  'Shows how versions are lifted.',
  z.object({ names: z.array(z.string().min(1)), count: z.int() }),
  {
    upcasters: [
      (data) => ({ names: [(data as { name: string }).name] }),
      (data) => {
        const { names } = data as { names: string[] };
        return { names, count: names.length };
      },
    ],
  },
);
const catalogue = catalogueOf(renamed);

const metadata = (schemaVersion: unknown): Record<string, unknown> => ({
  $correlationId: 'correlation',
  $causationId: 'cause',
  actor: 'somebody',
  commandId: 'command',
  requestHash: 'hash',
  occurredAt: '2026-01-30T09:00:00.000Z',
  recordedAt: '2026-01-31T09:00:00.000Z',
  decider: 'thing@1',
  schemaVersion,
});

const stored = (schemaVersion: number, data: unknown, more: Partial<StoredEvent> = {}): StoredEvent => ({
  stream: 'thing-1',
  revision: BEYOND,
  id: 'bfbc44e1-d943-59d2-a910-edbec4a1ba05',
  type: renamed.type,
  data,
  metadata: metadata(schemaVersion),
  position: { commit: BEYOND, prepare: BEYOND },
  ...more,
});

describe('reading a stored event', () => {
  const today = { names: ['a'], count: 1 };

  it.each([
    ['the first version', 1, { name: 'a' }],
    ['the version in between', 2, { names: ['a'] }],
    ['the version of today', 3, today],
  ])('given %s, then it is lifted to the shape of today', (_, version, data) => {
    expect(decode(catalogue, stored(version, data))).toMatchObject({
      type: 'thing-renamed',
      data: today,
      occurredAt: '2026-01-30T09:00:00.000Z',
      stream: 'thing-1',
      revision: BEYOND,
      position: { commit: BEYOND, prepare: BEYOND },
      metadata: { schemaVersion: version },
    });
  });

  it.each([
    ['of an unknown type', stored(1, { name: 'a' }, { type: 'thing-unheard-of' }), 'unknown type'],
    ['of a later version', stored(4, today), 'version 4 is later than 3, the last one known'],
    ['of version 0', stored(0, today), 'metadata'],
    ['without metadata', stored(3, today, { metadata: undefined }), 'metadata'],
    ['whose actor is missing', stored(3, today, { metadata: { ...metadata(3), actor: undefined } }), 'actor'],
    [
      'recorded at no instant',
      stored(3, today, { metadata: { ...metadata(3), recordedAt: '2026-01-31' } }),
      'must be a UTC instant',
    ],
    ['whose data is not of its schema', stored(3, { names: [''], count: 1 }), 'data: '],
    ['whose data is not of its schema after lifting', stored(1, { name: 5 }), 'data: '],
    ['whose data an upcaster cannot read', stored(1, null), 'data of version 1: TypeError'],
  ])('given an event %s, then it is refused, naming event, place and reason', (_, event, reason) => {
    const reading = (): unknown => decode(catalogue, event);
    expect(reading).toThrow(UndecodableEvent);
    expect(reading).toThrow(expect.objectContaining({ name: 'UndecodableEvent' }) as Error);
    expect(reading).toThrow(reason);
    expect(reading).toThrow(`${event.type} ${event.id} in thing-1@9007199254740992: `);
  });
});
