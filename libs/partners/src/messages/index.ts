/** What other rooms may know of partners. */
export * from '../partner.events';
export * from '../partner.stream';
