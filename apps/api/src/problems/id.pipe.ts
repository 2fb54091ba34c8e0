import { ParseUUIDPipe } from '@nestjs/common';
import { Refusal } from '@tempore/kernel';

/** An id in a path. Throws a `Refusal` where it is no UUID. */
export const idPipe = new ParseUUIDPipe({
  exceptionFactory: () =>
    new Refusal('ID_MALFORMED', 'invalid', 'The id in the path is not a UUID.', {
      remedy: 'Send the id as this API gave it.',
    }),
});
