import type { PipeTransform } from '@nestjs/common';
import { Refusal } from '@tempore/kernel';
import { isUUID } from 'class-validator';

/** An id in a path, in the lower case in which streams are named. Throws a `Refusal` where it is no UUID. */
export const idPipe: PipeTransform<string, string> = {
  transform: (id) => {
    if (isUUID(id)) return id.toLowerCase();
    throw new Refusal('ID_MALFORMED', 'invalid', 'The id in the path is not a UUID.', {
      remedy: 'Send the id as this API gave it.',
    });
  },
};
