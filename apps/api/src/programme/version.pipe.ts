import type { PipeTransform } from '@nestjs/common';
import { Refusal } from '@tempore/kernel';

/** The number of a policy's version in a path. Throws a `Refusal` where it is none. */
export const versionPipe: PipeTransform<string, number> = {
  transform: (text) => {
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
    throw new Refusal('VERSION_MALFORMED', 'invalid', 'The version in the path is no whole number from 1 on.', {
      remedy: 'Send the number of a version, such as 1.',
    });
  },
};
