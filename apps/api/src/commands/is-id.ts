import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsUUID, type ValidationOptions } from 'class-validator';

const lowerCase = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(lowerCase);
  return typeof value === 'string' ? value.toLowerCase() : value;
};

/** An id in a body or a query, in the lower case in which streams are named. */
export const IsId = (options: ValidationOptions = {}): PropertyDecorator =>
  applyDecorators(
    IsUUID('all', options),
    Transform(({ value }: { value: unknown }) => lowerCase(value)),
  );
