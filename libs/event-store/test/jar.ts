import { randomUUID } from 'node:crypto';

import {
  type Command,
  type Decider,
  defineEvent,
  deriveId,
  type EventOf,
  Refusal,
  toInstant,
  unreachable,
} from '@tempore/kernel';
import { z } from 'zod';

import type { CommandMeta, CommandRunner, EventStore, Outcome } from '../src';

const marblesPut = defineEvent('marbles-put', 'somebody put marbles in', z.object({ count: z.int() }));
const jarClosed = defineEvent('jar-closed', 'nothing goes in any more', z.object({}));
const jarOpened = defineEvent('jar-opened', 'things go in again', z.object({}));
const events = [marblesPut, jarClosed, jarOpened] as const;

export type JarEvent = EventOf<typeof events>;
export type JarCommand =
  Command<'Put', { readonly counts: readonly number[] }> | Command<'Close', null> | Command<'Open', null>;
export interface Jar {
  readonly marbles: number;
  readonly closed: boolean;
}

export const CAPACITY = 100;

/** A jar for a hundred marbles that can be closed. */
export const jar: Decider<Jar, JarCommand, JarEvent> = {
  category: 'jar',
  version: 3,
  events,
  initialState: { marbles: 0, closed: false },
  evolve: (state, event) => {
    switch (event.type) {
      case 'marbles-put':
        return { ...state, marbles: state.marbles + event.data.count };
      case 'jar-closed':
        return { ...state, closed: true };
      case 'jar-opened':
        return { ...state, closed: false };
      default:
        return unreachable(event);
    }
  },
  decide: (command, { marbles, closed }) => {
    switch (command.type) {
      case 'Put':
        if (closed) throw new Refusal('JAR_CLOSED', 'conflict', 'The jar is closed.');
        if (command.data.counts.reduce((sum, count) => sum + count, marbles) > CAPACITY)
          throw new Refusal('JAR_FULL', 'conflict', 'The jar is full.');
        return command.data.counts.map((count) => ({ type: 'marbles-put', data: { count } }));
      case 'Close':
        return closed ? [] : [{ type: 'jar-closed', data: {} }];
      case 'Open':
        return closed ? [{ type: 'jar-opened', data: {} }] : [];
      default:
        return unreachable(command);
    }
  },
};

export const put = (...counts: number[]): JarCommand => ({ type: 'Put', data: { counts } });
export const close: JarCommand = { type: 'Close', data: null };
export const reopen: JarCommand = { type: 'Open', data: null };

export const NOON = toInstant(new Date('2026-05-01T12:00:00.000Z'));

/** What comes with a command; the same name always makes the same command id. */
export const meta = (name: string = randomUUID(), more: Partial<CommandMeta> = {}): CommandMeta => {
  const commandId = deriveId('test', name);
  return { commandId, requestHash: name, actor: 'somebody', now: NOON, correlationId: commandId, ...more };
};

export const runOn =
  (runner: CommandRunner, id = '1') =>
  (command: JarCommand, with_: CommandMeta = meta()): Promise<Outcome<JarEvent>> =>
    runner.run(jar, id, command, with_, {});

/** A store that counts what it is asked, and lets a test come in between. */
export const watched = (
  store: EventStore,
  between: Partial<Pick<EventStore, 'append' | 'load'>> = {},
): EventStore & { readonly asked: { loads: number; appends: number } } => {
  const asked = { loads: 0, appends: 0 };
  return {
    asked,
    load: (...question) => {
      asked.loads++;
      return (between.load ?? store.load.bind(store))(...question);
    },
    append: (...question) => {
      asked.appends++;
      return (between.append ?? store.append.bind(store))(...question);
    },
    subscribe: store.subscribe.bind(store),
    readAll: store.readAll.bind(store),
    newest: store.newest.bind(store),
    close: store.close.bind(store),
  };
};
