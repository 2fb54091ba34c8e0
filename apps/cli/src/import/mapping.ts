import { readFile } from 'node:fs/promises';

import { legacyStageSchema } from '@tempore/deals';
import { currencySchema, faultOfName, instantSchema } from '@tempore/kernel';
import isCountry from 'validator/lib/isISO31661Alpha2';
import { z } from 'zod';

import { dayReader } from './day-pattern';
import { InputError } from './input-error';

const text = (remedy: string) =>
  z
    .string({ error: `is missing: ${remedy}` })
    .trim()
    .min(1, { error: `is empty: ${remedy}` });

const name = (remedy: string) =>
  text(remedy).refine((given) => faultOfName(given) === undefined, {
    error: `must hold a letter or a digit, and no control character: ${remedy}`,
  });

const column = (holds: string) => text(`name the column that holds ${holds}, as the header spells it`);

const columnsSchema = z.strictObject(
  {
    reference: column("the source's own reference of the sale"),
    partner: column('the partner'),
    product: column('the product'),
    stage: column('the stage'),
    account: column('the account').optional(),
    opened: column('the day on which the sale began').optional(),
    closed: column('the day on which it was won or lost').optional(),
    value: column('what it is worth').optional(),
  },
  { error: (issue) => (issue.code === 'invalid_type' ? 'is missing: say which column holds what' : undefined) },
);

/** What a column of the file is read as. */
export type Role = keyof z.infer<typeof columnsSchema>;

const productsSchema = z
  .strictObject({
    /** The product lines; any other spelling is reported. Every spelling is a line of its own where absent. */
    known: z.array(name('leave it out, or name a product line')).min(1).optional(),
    /** The source's spelling of a line, where it is another: `{ "GTXPro": "GTX Pro" }`. */
    spellings: z.record(z.string(), name('name the product line that this spelling means')).default({}),
  })
  .superRefine(({ known, spellings }, context) => {
    for (const [spelling, line] of Object.entries(spellings))
      if (known && !known.includes(line))
        context.addIssue({
          code: 'custom',
          path: ['spellings', spelling],
          message: `"${line}" is not one of products.known: add it there, or name one of them`,
        });
  });

/** How a source's export is to be read: the small file beside it. */
const mappingSchema = z.strictObject({
  /** Name of the system that the export comes from: partners, accounts and deals are known under it for ever. */
  system: name('name the system that the export comes from').max(100, { error: 'has more than 100 characters' }),
  /** Which file of a zip is meant, by its path or its name alone; the only CSV file where absent. */
  entry: text('leave it out, or name a file inside the zip').optional(),
  delimiter: z.string().length(1, { error: 'must be one character, such as ; or ,' }).default(','),
  columns: columnsSchema,
  currency: currencySchema,
  /** `yyyy-MM-dd`, `M/d/yyyy`. */
  dateFormat: text('say how days are written, such as yyyy-MM-dd').superRefine((pattern, context) => {
    try {
      dayReader(pattern);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as RangeError).message });
    }
  }),
  /** The source's spelling of each stage. */
  stages: z
    .record(z.string(), legacyStageSchema, { error: 'is missing: say which spelling means which stage' })
    .refine((stages) => Object.keys(stages).length > 0, { error: 'is empty: say which spelling means which stage' }),
  products: productsSchema.default({ spellings: {} }),
  partners: z.strictObject(
    {
      /** The source names none, and every partner has one. */
      country: z.string().refine((code) => /^[A-Z]{2}$/.test(code) && isCountry(code), {
        error: 'must be a two-letter country code of ISO 3166-1, such as DE',
      }),
    },
    { error: (issue) => (issue.code === 'invalid_type' ? 'is missing: give { "country": "DE" }' : undefined) },
  ),
  /** The instant that the export speaks of. Fixed, since a second run has to say the same as the first. */
  assertedAt: instantSchema,
});

export type Mapping = z.output<typeof mappingSchema>;

/** Checks a mapping. Throws an `InputError` that names every field at fault. */
export const parseMapping = (content: unknown, name: string): Mapping => {
  const parsed = mappingSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || '(the whole)'}: ${message}`);
  throw new InputError(`The mapping ${name} is not usable:\n${problems.join('\n')}`);
};

/** Reads a mapping file. Throws `InputError`. */
export const readMapping = async (path: string): Promise<Mapping> => {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new InputError(`The mapping ${path} cannot be read: ${(error as Error).message}`);
  });
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw new InputError(`The mapping ${path} is not JSON: ${(error as Error).message}`);
  }
  return parseMapping(json, path);
};
