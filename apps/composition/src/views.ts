import { categories } from '@tempore/catalogue';
import type { EventStore } from '@tempore/event-store';
import type { LogSource, Projection } from '@tempore/projections';
import {
  accountsView,
  claimsView,
  dealsView,
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
  claimsView,
  registrationsView,
  proposalsView,
  noticesView,
];

/** Where readers find the live versions. */
export const READ_SCHEMA = 'rm';

/** The log of this installation as views follow it: everything, so that a view's place also passes what it ignores. */
export const logSource =
  (eventStore: EventStore): LogSource =>
  ({ from, signal }) =>
    eventStore.subscribe({ categories, from, signal });
