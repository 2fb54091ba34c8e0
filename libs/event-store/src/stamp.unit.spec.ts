import { defineEvent, parseInstant } from '@tempore/kernel';
import { z } from 'zod';

import { type CommandMeta, stamp } from './stamp';

const now = parseInstant('2026-03-02T09:00:00.000Z');
const named = defineEvent('thing-named', 'Shows what is stamped.', z.object({ name: z.string() }));
const author = { category: 'thing', version: 3, events: [named] };
const meta: CommandMeta = {
  commandId: 'bfbc44e1-d943-59d2-a910-edbec4a1ba05',
  requestHash: 'hash',
  actor: 'ada',
  now,
  correlationId: 'correlation',
};
const stamped = (name: string, commandMeta = meta) =>
  stamp(author, 'thing-1', commandMeta, now, [{ type: 'thing-named', data: { name } }]);

it('given a decision, then its event says who, when, why, and by which code', () =>
  expect(stamped('Gateway')[0]?.metadata).toEqual({
    $correlationId: 'correlation',
    $causationId: meta.commandId,
    actor: 'ada',
    commandId: meta.commandId,
    requestHash: 'hash',
    occurredAt: now,
    recordedAt: now,
    decider: 'thing@3',
    schemaVersion: 1,
  }));

it('given the same decision, then its id is the same; decided otherwise, or by another command, it is another', () => {
  const idOf = (...of: Parameters<typeof stamped>) => stamped(...of)[0]?.id;
  expect(idOf('Gateway')).toBe(idOf('Gateway'));
  expect(idOf('Sensor')).not.toBe(idOf('Gateway'));
  expect(idOf('Gateway', { ...meta, commandId: '0b0f7d0e-6c3f-5a52-8c77-6a0a2d6f9c22' })).not.toBe(idOf('Gateway'));
});

it.each(['\u0000', 'Gate\u0000way', '\\\u0000'])('given %j, then no view could read it, and it is refused', (name) =>
  expect(() => stamped(name)).toThrow(
    expect.objectContaining({ code: 'NUL_IN_TEXT', details: { remedy: 'Send it without.' } }) as Error,
  ),
);

it.each(['\\u0000', 'C:\\u0000', '\\\\u0000'])('given %j, whose backslash is one, then it is kept', (name) =>
  expect(stamped(name)[0]?.data).toEqual({ name }),
);

it('given an event that its decider does not define, then its author is told', () =>
  expect(() => stamp(author, 'thing-1', meta, now, [{ type: 'thing-lost', data: {} }])).toThrow(
    'thing decided thing-lost, which it does not define',
  ));
