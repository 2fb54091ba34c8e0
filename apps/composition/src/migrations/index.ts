import { Foundation1790000000000 } from './1790000000000-foundation';

/** In the order in which they are carried out. */
export const migrations = [Foundation1790000000000];
