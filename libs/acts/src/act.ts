import type { CommandMeta } from '@tempore/event-store';
import { deriveId } from '@tempore/kernel';

import type { Principal } from './principal';

/** What somebody does by one request: who, under which key, when. Every id that it brings about derives from it. */
export interface Act {
  readonly principal: Principal;
  readonly meta: CommandMeta;
  /** Id of something new that this act makes; the same for every repeat of the request. */
  readonly newId: (kind: string) => string;
  /** The ETag that the request insists on, for what stands in more than one stream. */
  readonly ifMatch?: string | undefined;
}

/** The act without a condition, for what goes through several streams. */
export const unconditional = (act: Act): Act => ({ ...act, meta: { ...act.meta, ifRevision: undefined } });

/** A part of an act that may be carried out, and repeated, by itself: everything that it brings about has ids of its own. */
export const partOf = (act: Act, name: string): Act => {
  const commandId = deriveId(act.meta.commandId, 'part', name);
  return { ...act, meta: { ...act.meta, commandId }, newId: newIdOf(commandId) };
};

export const newIdOf =
  (commandId: string) =>
  (kind: string): string =>
    deriveId(commandId, kind);
