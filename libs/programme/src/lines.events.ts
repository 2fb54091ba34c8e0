import { adoptionSchema, defineEvent, type EventOf, proposalSchema, withdrawalSchema } from '@tempore/kernel';
import { z } from 'zod';

const name = z.string().trim().min(1);

const lineSchema = z.object({
  /** What filings, agreements and facts record, whatever spelling they were given. It never changes. */
  code: name,
  /** What people read. */
  name,
  /** What else it is called, beside code and name. */
  spellings: z.array(name),
  /** Lines between which a filing may be corrected; null where it stands alone. */
  family: name.nullable(),
});

const foundedLineSchema = lineSchema.extend({
  /**
   * What the ids of its dockets are derived from: that of new ones first, then those of dockets that were opened under
   * another spelling before there was a catalogue, and keep their ids.
   */
  keys: z.array(z.string().min(1)).min(1),
});
export type FoundedLine = Readonly<z.infer<typeof foundedLineSchema>>;

/** What of the catalogue only two people change together. A line is closed, never removed, and keeps its spellings. */
export const lineChangeSchema = z.discriminatedUnion('of', [
  lineSchema.extend({ of: z.literal('line-added') }),
  /** Spellings are those that come to the ones it has. */
  lineSchema.extend({ of: z.literal('line-described') }),
  z.object({ of: z.literal('line-closed'), code: name }),
  z.object({ of: z.literal('line-reopened'), code: name }),
]);
export type LineChange = z.infer<typeof lineChangeSchema>;

export const linesFounded = defineEvent(
  'lines-founded',
  'The catalogue of product lines begins, with the lines that the log names already, or with those that the product ' +
    'brings. Nobody proposed it, so nobody adopted it; each change that comes after takes two people.',
  z.object({ lines: z.array(foundedLineSchema) }),
);

export const lineChangeProposed = defineEvent(
  'line-change-proposed',
  'Somebody wants a line added, described otherwise, closed or opened again; until a second person agrees nothing is.',
  proposalSchema(lineChangeSchema),
);

export const lineChangeAdopted = defineEvent(
  'line-change-adopted',
  'A second person agrees to what the first proposed: filings from here on choose among the lines as they are now.',
  adoptionSchema(lineChangeSchema),
);

export const lineChangeWithdrawn = defineEvent(
  'line-change-withdrawn',
  'A proposed change of the catalogue is off the table.',
  withdrawalSchema,
);

export const linesEvents = [linesFounded, lineChangeProposed, lineChangeAdopted, lineChangeWithdrawn] as const;

export type LinesEvent = EventOf<typeof linesEvents>;
