/** What other rooms may know of people. */
export * from '../person.events';
export * from '../person.stream';
export * from '../sealed-person';
