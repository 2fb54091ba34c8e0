import { daySchema, idSchema, instantSchema, moneySchema } from '@tempore/kernel';
import { sealedPersonSchema } from '@messages/people';
import { z } from 'zod';

const text = z.string().trim().min(1);

/** SHA-256, in hexadecimal. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** An uploaded document, as its upload was recorded: the system hashed it. */
export const documentRefSchema = z.object({ documentId: idSchema, hash: sha256Schema });
export type DocumentRef = Readonly<z.infer<typeof documentRefSchema>>;

export const dealTypeSchema = z.enum(['new', 'cross-sell', 'upsell', 'renewal', 'oem']);
export type DealType = z.infer<typeof dealTypeSchema>;

/** What a registration is for: the partner sells it itself, at points off, or brings the customer, for a commission. */
export const dealKindSchema = z.enum(['resale', 'referral']);
export type DealKind = z.infer<typeof dealKindSchema>;

export const touchKindSchema = z.enum(['call', 'meeting', 'mail', 'event', 'demonstration', 'letter']);
export type TouchKind = z.infer<typeof touchKindSchema>;

const customerSchema = z.object({
  legalName: text.nullable(),
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  /** Registrable domain. */
  domain: text.nullable(),
  registryNumber: text.nullable(),
  address: text.nullable(),
  website: text.nullable(),
});

const valueSchema = z.object({
  oneTime: moneySchema.nullable(),
  annualRecurring: moneySchema.nullable(),
  /** How long the recurring part is agreed for. */
  termMonths: z.int().positive().nullable(),
});
export type DealValue = Readonly<z.infer<typeof valueSchema>>;

/** What makes it lawful to name somebody (GDPR, article 6). */
export const lawfulBasisSchema = z.enum(['legitimate-interest', 'contract', 'consent']);
export type LawfulBasis = z.infer<typeof lawfulBasisSchema>;

/** Somebody at the customer's. */
const contactSchema = z.object({
  person: sealedPersonSchema,
  /** Missing from what was said while consent was the only one. */
  basis: lawfulBasisSchema.nullable().exactOptional(),
  /** Of a consent. */
  consentedOn: daySchema.nullable(),
});
export type Contact = Readonly<z.infer<typeof contactSchema>>;

/** Who orders, where that is not the customer itself: the customer is who will use the product. */
const purchaserSchema = z.object({
  legalName: text,
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
});
export type Purchaser = Readonly<z.infer<typeof purchaserSchema>>;

/** How the sale began, and what shows it. */
const firstTouchSchema = z.object({
  kind: touchKindSchema.nullable(),
  /** When it happened, as claimed. */
  at: instantSchema.nullable(),
  counterpart: sealedPersonSchema.nullable(),
  document: documentRefSchema.nullable(),
});

/** What a partner says about a sale. Null is not said yet; `missingFields` tells what a filing needs. */
export const dealContentSchema = z.object({
  customer: customerSchema,
  /** Missing from what was said while nobody was asked for one. */
  purchaser: purchaserSchema.nullable().exactOptional(),
  contacts: z.array(contactSchema),
  productLine: text.nullable(),
  type: dealTypeSchema.nullable(),
  /** Where nobody says, what the partner's agreement proposes; missing from what was said before there were two. */
  kind: dealKindSchema.nullable().exactOptional(),
  value: valueSchema,
  estimatedClose: daySchema.nullable(),
  businessProblem: text.nullable(),
  firstTouch: firstTouchSchema,
  /** Two claims on one docket do not collide where both name different sites. */
  site: text.nullable(),
  /** Binds the deals of several lines into one project. */
  projectReference: text.nullable(),
  /** What the partner calls it. */
  ownReference: text.nullable(),
  /** What the partner adds to support its claim. */
  evidence: z.array(documentRefSchema),
});
export type DealContent = Readonly<z.infer<typeof dealContentSchema>>;

/** The parts of a deal's content, as amendments and questions name them. */
export const contentFields = [
  'customer.legalName',
  'customer.country',
  'customer.domain',
  'customer.registryNumber',
  'customer.address',
  'customer.website',
  'purchaser',
  'contacts',
  'productLine',
  'type',
  'kind',
  'value',
  'estimatedClose',
  'businessProblem',
  'firstTouch',
  'site',
  'projectReference',
  'ownReference',
  'evidence',
] as const;
export const contentFieldSchema = z.enum(contentFields);
export type ContentField = z.infer<typeof contentFieldSchema>;
