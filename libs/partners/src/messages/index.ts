/** What other rooms may know of partners. */
export * from '../partner-people.events';
export * from '../partner-standing.events';
export * from '../partner-tier';
export * from '../partner.events';
export * from '../partner.stream';
