/** What other rooms may know of what was read. */
export * from '../access.events';
export * from '../access.stream';
