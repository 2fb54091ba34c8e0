import { isDeepStrictEqual } from 'node:util';

import type { Command, Decider } from '@tempore/kernel';

import { type ShownOf, type VisibilityEvent, visibilityEvents } from './visibility.events';
import { VISIBILITY } from './visibility.stream';

/** Everything that a release shows; what it says nothing of stays as it was declared. */
export type DeclareVisibility = Command<'DeclareVisibility', { readonly types: readonly ShownOf[] }>;

/** What is shown now, by audience, type and version. */
export type VisibilityState = ReadonlyMap<string, ShownOf>;

const nameOf = ({ audience, type, version }: Omit<ShownOf, 'shown'>): string => `${audience} ${type}@${version}`;

/** A release that shows an event otherwise says so once, and is heard for later events only. */
export const visibility: Decider<VisibilityState, DeclareVisibility, VisibilityEvent> = {
  category: VISIBILITY,
  version: 1,
  events: visibilityEvents,
  initialState: new Map(),
  evolve: (state, { data }) => new Map([...state, ...data.types.map((one) => [nameOf(one), one] as const)]),
  decide: ({ data }, state) => {
    const types = data.types.filter((one) => !isDeepStrictEqual(state.get(nameOf(one)), one));
    return types.length === 0 ? [] : [{ type: 'visibility-changed', data: { types } }];
  },
};
