import type { PipeTransform } from '@nestjs/common';
import { faultOfName, Refusal } from '@tempore/kernel';

export const LONGEST_LINE = 200;

/** A product line in a path, held to what a body may name. Throws a `Refusal`. */
export const linePipe: PipeTransform<string, string> = {
  transform: (line) => {
    if (line.length <= LONGEST_LINE && faultOfName(line) === undefined) return line.trim();
    throw new Refusal('LINE_MALFORMED', 'invalid', 'The line in the path is no name of a product line.', {
      remedy: `Name the line in up to ${LONGEST_LINE} characters, such as GTX%20Pro.`,
    });
  },
};
