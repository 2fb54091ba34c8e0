import { type ArgumentMetadata, type ValidationError, ValidationPipe } from '@nestjs/common';
import { type FieldError, InvalidFields, unknownField } from '@tempore/kernel';

import { oversized } from './oversized';

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
