/** Injection token of the read side's database. */
export const DATABASE = Symbol('DATABASE');
