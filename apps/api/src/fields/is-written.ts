import { ValidateBy } from 'class-validator';

const WRITTEN = /[\p{L}\p{N}]/u;
const UNSEEN = /\p{Cc}/u;

/** A text that says something: it holds a letter or a digit, and no control character. */
export const isWritten = (value: unknown): value is string =>
  typeof value === 'string' && WRITTEN.test(value) && !UNSEEN.test(value);

export const IsWritten = (): PropertyDecorator =>
  ValidateBy({
    name: 'isWritten',
    validator: {
      validate: isWritten,
      defaultMessage: () => '$property must hold a letter or a digit, and no control character',
    },
  });
