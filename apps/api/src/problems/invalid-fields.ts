import { type ValidationError, ValidationPipe } from '@nestjs/common';

import type { FieldError } from './problem';

/** A body, query or header whose fields are wrong; names every one of them. */
export class InvalidFields extends Error {
  override readonly name = 'InvalidFields';

  constructor(readonly errors: readonly FieldError[]) {
    super(`Not acceptable: ${errors.map(({ field, message }) => `${field} ${message}`).join('; ')}.`);
  }
}

const flatten = (errors: readonly ValidationError[], path: string): FieldError[] =>
  errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = path === '' ? property : `${path}.${property}`;
    const own = Object.values(constraints).map((message) => ({
      field,
      message: message.replace(/^property /, '').replace(`${property} `, ''),
    }));
    return [...own, ...flatten(children, field)];
  });

/** Checks bodies and queries against their DTO: a field that is not known is an error, not passed over. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    exceptionFactory: (errors) => new InvalidFields(flatten(errors, '')),
  });
