import { currencySchema } from '@tempore/kernel';
import { ValidateBy } from 'class-validator';

/** A currency in which money can be recorded. */
export const IsCurrency = (): PropertyDecorator =>
  ValidateBy({
    name: 'isCurrency',
    validator: {
      validate: (value) => currencySchema.safeParse(value).success,
      defaultMessage: () => '$property must be an ISO 4217 currency code, such as USD',
    },
  });
