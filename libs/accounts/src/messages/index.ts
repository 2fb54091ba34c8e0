/** What other rooms may know of accounts. */
export * from '../account-facts.events';
export * from '../account.events';
export * from '../account.stream';
export * from '../accountkey.events';
export * from '../accountkey.stream';
export * from '../matching';
