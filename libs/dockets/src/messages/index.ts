/** What other rooms may know of dockets. */
export {
  AVAILABILITY,
  type Availability,
  availabilityChecked,
  type AvailabilityEvent,
  availabilityEvents,
} from '../availability';
export * from '../direct.events';
export * from '../docket.events';
export * from '../docket.stream';
export * from '../facts';
export * from '../filing.events';
export * from '../partner-clocks.events';
export * from '../outcome.events';
export { asksAtOf } from '../partner-clocks';
export * from '../queue.events';
export * from '../review.events';
export * from '../terms';
export * from '../touch';
export * from '../valuation';
