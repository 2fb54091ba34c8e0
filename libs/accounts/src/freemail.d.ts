declare module 'freemail' {
  /** Tells whether anybody can get an address under the domain of this e-mail address. */
  export const isFree: (email: string) => boolean;
}
