import type { EventStore } from '@tempore/event-store';
import type { LogSource, Projection } from '@tempore/projections';
import {
  accountsView,
  claimsView,
  dealsView,
  handedInView,
  noticesView,
  partnersView,
  peopleView,
  possibleConflictsView,
  proposalsView,
  registrationsView,
  sequenceView,
} from '@tempore/read-models';

/** Every view of the product; the sequence comes first, since nothing is shown outside before it has its number. */
export const views: readonly Projection[] = [
  sequenceView,
  partnersView,
  peopleView,
  accountsView,
  possibleConflictsView,
  dealsView,
  handedInView,
  claimsView,
  registrationsView,
  proposalsView,
  noticesView,
];

/** Where readers find the live versions. */
export const READ_SCHEMA = 'rm';

/**
 * The log of this installation as views follow it: everything, also what today's code does not know, so that no event
 * misses its number, and a view's place passes what the view ignores (docs/adr/0014).
 */
export const logSource = (eventStore: EventStore): LogSource => ({
  follow: ({ from, signal }) => eventStore.subscribe({ categories: 'everything', from, signal }),
  load: async (stream, through) => (await eventStore.load(stream, 0n, through)).events,
});
