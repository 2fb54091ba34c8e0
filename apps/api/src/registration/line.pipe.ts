import type { PipeTransform } from '@nestjs/common';
import { Refusal } from '@tempore/kernel';

import { isWritten } from '../fields/is-written';

export const LONGEST_LINE = 200;

/** A product line in a path, held to what a body may name. Throws a `Refusal`. */
export const linePipe: PipeTransform<string, string> = {
  transform: (line) => {
    if (isWritten(line) && line.length <= LONGEST_LINE) return line.trim();
    throw new Refusal('LINE_MALFORMED', 'invalid', 'The line in the path is no name of a product line.', {
      remedy: `Name the line in up to ${LONGEST_LINE} characters, such as GTX%20Pro.`,
    });
  },
};
