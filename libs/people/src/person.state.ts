import type { Instant, Recorded } from '@tempore/kernel';

import type { LegalHold, PersonEvent } from './person.events';

export type Hold = LegalHold & { readonly lifted: boolean };

export type PersonState =
  | { readonly status: 'kept'; readonly holds: readonly Hold[] }
  | { readonly status: 'erasure-requested'; readonly holds: readonly Hold[]; readonly requestedAt: Instant }
  | { readonly status: 'erasing'; readonly holds: readonly Hold[] }
  | { readonly status: 'erased'; readonly holds: readonly Hold[] };

export const initialState: PersonState = { status: 'kept', holds: [] };

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolve = (state: PersonState, event: PersonEvent, { recordedAt }: Recorded): PersonState => {
  const { status, holds } = state;
  switch (event.type) {
    case 'legal-hold-placed':
      return { ...state, holds: [...holds, { ...event.data, lifted: false }] };
    case 'legal-hold-lifted':
      return {
        ...state,
        holds: holds.map((hold) => (hold.holdId === event.data.holdId ? { ...hold, lifted: true } : hold)),
      };
    case 'erasure-requested':
      return status === 'kept' ? { status: 'erasure-requested', holds, requestedAt: recordedAt } : state;
    case 'erasure-begun':
      return status === 'erasure-requested' ? { status: 'erasing', holds } : state;
    case 'personal-data-erased':
      return status === 'erasing' ? { status: 'erased', holds } : state;
  }
};

/** The holds that stand at an instant. */
export const holdsAt = ({ holds }: PersonState, at: Instant): readonly Hold[] =>
  holds.filter(({ lifted, until }) => !lifted && (until === null || at < until));
