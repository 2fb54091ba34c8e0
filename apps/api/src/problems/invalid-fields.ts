import { type ArgumentMetadata, type ValidationError, ValidationPipe } from '@nestjs/common';

import type { FieldError } from './problem';
import { oversized } from './oversized';

/** Whoever has so many to mend learns nothing from more. */
export const MOST_ERRORS = 50;

const LONGEST_NAME = 200;

/** A body, query or header whose fields are wrong; names them, up to fifty. */
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

function* flatten(errors: readonly ValidationError[], path: string): Generator<FieldError> {
  for (const { property, constraints = {}, children = [] } of errors) {
    const field = path === '' ? property : `${path}.${property}`;
    for (const [name, message] of Object.entries(constraints))
      yield name === 'whitelistValidation'
        ? unknownField(field)
        : { field, message: message.replace(/^property /, '').replace(`${property} `, '') };
    yield* flatten(children, field);
  }
}

/** Checks bodies and queries against their DTO: a field that is not known is an error, not passed over. */
class FieldsPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      exceptionFactory: (errors) => new InvalidFields(flatten(errors, '')),
    });
  }

  /** How much there is comes first: what is too much is not looked at one by one. */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const errors = metadata.metatype && metadata.type !== 'custom' ? oversized(metadata.metatype, value, '') : [];
    if (errors.length > 0) throw new InvalidFields(errors);
    return super.transform(value, metadata);
  }
}

export const validationPipe = (): ValidationPipe => new FieldsPipe();
