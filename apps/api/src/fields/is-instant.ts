import { parseInstant } from '@tempore/kernel';
import { ValidateBy } from 'class-validator';
import isISO8601 from 'validator/lib/isISO8601';

/** With as many digits of a second as anybody writes. What is longer is not looked at: patterns take their time with it. */
const LONGEST = 40;

const WITH_OFFSET = /T.*(?:Z|[+-]\d{2}:\d{2})$/;

const isInstant = (value: unknown): boolean => {
  if (
    typeof value !== 'string' ||
    value.length > LONGEST ||
    !WITH_OFFSET.test(value) ||
    !isISO8601(value, { strict: true })
  )
    return false;
  try {
    return parseInstant(value) !== '';
  } catch {
    return false;
  }
};

/** A date-time that `parseInstant` reads: ISO 8601 with its offset, since a local time is no instant. */
export const IsInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: isInstant,
      defaultMessage: () => '$property must be a date-time with its offset, such as 2026-01-31T09:00:00Z',
    },
  });
