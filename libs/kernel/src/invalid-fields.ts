/** What is wrong with a field. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** Whoever has so many to mend learns nothing from more. */
export const MOST_ERRORS = 50;

const LONGEST_NAME = 200;

/** What was sent has fields that are wrong; names them, up to fifty. */
export class InvalidFields extends Error {
  override readonly name = 'InvalidFields';
  readonly errors: readonly FieldError[];

  constructor(errors: Iterable<FieldError>) {
    const named = first(MOST_ERRORS, errors).map(({ field, message }) => ({ field: shortened(field), message }));
    super(`Not acceptable: ${named.map(({ field, message }) => `${field} ${message}`).join('; ')}.`);
    this.errors = named;
  }
}

export const unknownField = (field: string): FieldError => ({ field, message: 'is not known here' });

const first = <Item>(count: number, items: Iterable<Item>): Item[] => {
  const found: Item[] = [];
  for (const item of items) {
    if (found.length === count) break;
    found.push(item);
  }
  return found;
};

/** A field's name is the sender's own text, and may be all that the body holds. */
const shortened = (field: string): string =>
  field.length <= LONGEST_NAME ? field : `${field.slice(0, LONGEST_NAME).toWellFormed()}…`;
