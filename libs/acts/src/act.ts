import type { CommandMeta } from '@tempore/event-store';
import { deriveId } from '@tempore/kernel';

import type { ActLog } from './act-log';
import type { Means } from './means';
import type { Principal } from './principal';

/** Something that somebody does: who, under which key, when. Every id that it brings about derives from it. */
export interface Act {
  readonly principal: Principal;
  readonly meta: Omit<CommandMeta, 'requestHash'>;
  /** Tells a repeat of the act from another one under its key; made where the first command asks for it. */
  readonly requestHash: () => string;
  /** Id of something new that this act makes; the same for every repeat of it. */
  readonly newId: (kind: string) => string;
  /** The ETag that the act insists on, for what stands in more than one stream. */
  readonly ifMatch?: string | undefined;
  /** The log, with what the act has read of it so far. */
  readonly log: ActLog;
}

/** What the product does when it is asked for something; answers with what came of it. Throws a `Refusal`. */
export type Doing<What, Answer> = (means: Means, act: Act, what: What) => Promise<Answer>;

/** What each command of an act carries beside its content. */
export const metaOf = ({ meta, requestHash }: Act): CommandMeta => ({ ...meta, requestHash: requestHash() });

/** The act without a condition, for what goes through several streams. */
export const unconditional = (act: Act): Act => ({ ...act, meta: { ...act.meta, ifRevision: undefined } });

/** A part of an act that may be carried out, and repeated, by itself: everything that it brings about has ids of its own. */
export const partOf = (act: Act, name: string): Act => {
  const commandId = deriveId(act.meta.commandId, 'part', name);
  return { ...act, meta: { ...act.meta, commandId }, newId: newIdOf(commandId) };
};

/**
 * The same act, recognised by what it says in its sealed form. The hash of a request stands in the log for ever; made of
 * readable values it would let whoever has the installation's secret try guesses at an erased person.
 */
export const recognisedBy = ({ hash }: Pick<Means, 'hash'>, act: Act, content: unknown): Act => ({
  ...act,
  requestHash: once(() => hash(content)),
});

/** Asks once, when it is asked first. */
export const once = <T>(ask: () => T): (() => T) => {
  let answer: { readonly is: T } | undefined;
  return () => (answer ??= { is: ask() }).is;
};

export const newIdOf =
  (commandId: string) =>
  (kind: string): string =>
    deriveId(commandId, kind);
