/** A fault that no test could notice, since nothing that anybody could see is otherwise with it. */
export interface Equivalent {
  readonly file: string;
  /** The line with the fault in it, as the report shows it. */
  readonly shows: string;
  readonly because: string;
}

export const equivalents: readonly Equivalent[] = [];
