import { daySchema } from '@tempore/kernel';
import { ValidateBy } from 'class-validator';

/** A day of the calendar: 30 February is none. */
export const IsDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value) => daySchema.safeParse(value).success,
      defaultMessage: () => '$property must be a calendar day such as 2026-01-31',
    },
  });
