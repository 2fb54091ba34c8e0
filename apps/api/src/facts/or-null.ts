import { ValidateIf } from 'class-validator';

/** A field that must be there, and may be `null`. */
export const OrNull = (): PropertyDecorator => ValidateIf((_: object, value: unknown) => value !== null);
