/** What other rooms may know of principals. */
export * from '../principal.events';
export * from '../principal.stream';
export * from '../stake.events';
