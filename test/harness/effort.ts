import { AsyncLocalStorage } from 'node:async_hooks';
import { Server } from 'node:http';

import type { EventStore } from '@tempore/event-store';
import { Client } from 'pg';

/** What the requests of a time ask of the stores, each by its name, in order. */
export interface Effort {
  /** Streams that were read. */
  readonly reads: string[];
  /** Streams that were appended to. */
  readonly appends: string[];
  /** SQL that was sent. */
  readonly statements: string[];
}

/**
 * Counts what HTTP requests to this process ask of its stores while something is done, and of that nothing that goes on
 * beside them: projector and reactor share the process of a test, and its connections.
 */
export const effortOf = async (store: EventStore, work: () => Promise<unknown>): Promise<Effort> => {
  const effort: Effort = { reads: [], appends: [], statements: [] };
  const inRequest = new AsyncLocalStorage<Effort>();
  const note = (list: keyof Effort) => (what: string) => inRequest.getStore()?.[list].push(what);
  const spies = [
    spyOn(Server.prototype, 'emit', (emitting) => inRequest.run(effort, emitting)),
    noting(Client.prototype, 'query', note('statements')),
    noting(store, 'load', note('reads')),
    noting(store, 'append', note('appends')),
  ];
  try {
    await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return effort;
};

type Method = (...given: unknown[]) => unknown;

/** Has a method called through by something that stands around it. */
const spyOn = (on: object, name: string, around: (call: () => unknown, given: readonly unknown[]) => unknown) => {
  const methods = on as Record<string, Method>;
  const original = methods[name];
  if (!original) throw new Error(`Nothing is called ${name}`);
  return jest.spyOn(methods, name).mockImplementation(function (this: unknown, ...given: unknown[]) {
    return around(() => original.apply(this, given), given);
  });
};

const noting = (on: object, name: string, note: (what: string) => void) =>
  spyOn(on, name, (call, [what]) => {
    note(typeof what === 'string' ? what : (what as { readonly text: string }).text);
    return call();
  });
