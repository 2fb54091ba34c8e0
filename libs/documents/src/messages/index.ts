/** What other rooms may know of documents. */
export * from '../document.events';
export * from '../document.stream';
