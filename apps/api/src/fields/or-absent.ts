import { ValidateIf } from 'class-validator';

/** A field that may be left out, and is never `null`: `IsOptional` would let both through. */
export const OrAbsent = (): PropertyDecorator => ValidateIf((_: object, value: unknown) => value !== undefined);
