import { faultOfName, faultOfText } from '@tempore/kernel';
import { ValidateBy, type ValidationOptions } from 'class-validator';

const written =
  (name: string, faultOf: (text: string) => string | undefined) =>
  (maxLength: number, options?: ValidationOptions): PropertyDecorator => {
    // The length first: whoever sends a novel is not made to have it read.
    const fault = (value: unknown): string | undefined => {
      if (typeof value !== 'string') return 'must be a string';
      return value.length > maxLength ? `must not be longer than ${maxLength} characters` : faultOf(value);
    };
    // Of several texts the message is asked of them all.
    const faultIn = (value: unknown): string | undefined =>
      Array.isArray(value) ? value.map(fault).find((one) => one !== undefined) : fault(value);
    const validator = {
      validate: (value: unknown) => fault(value) === undefined,
      defaultMessage: (args?: { readonly value: unknown }) => `$property ${faultIn(args?.value) ?? ''}`,
    };
    return ValidateBy({ name, validator }, options);
  };

/** A text of one line that says something, such as a name, a reference or a line. */
export const IsName = written('isName', faultOfName);

/** A text of one or several lines that says something, such as a reason. */
export const IsText = written('isText', faultOfText);
