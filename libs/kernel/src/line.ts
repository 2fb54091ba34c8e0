import { Refusal } from './refusal';
import { nameOf } from './text';

/** The name of a product line without the space around it. Throws `LINE_MISSING`. */
export const lineOf = (text: string): string =>
  nameOf(
    text,
    (fault) =>
      new Refusal('LINE_MISSING', 'invalid', `productLine ${fault}.`, { remedy: 'Name the line, such as GTX Pro.' }),
  );
