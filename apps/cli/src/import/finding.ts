/** What can be wrong with a row, and whether its sale is recorded all the same. */
const RECORDED = {
  PRODUCT_MAPPED: true,
  ACCOUNT_MISSING: true,
  VALUE_MISSING: true,
  VALUE_NEGATIVE: true,
  CLOSED_MISSING: true,
  CLOSED_UNEXPECTED: true,
  CLOSED_BEFORE_OPENED: true,
  /** The very same sale stands in an earlier row. */
  ROW_REPEATED: true,
  COLUMN_COUNT: false,
  NOT_UTF8: false,
  CELL_UNPRINTABLE: false,
  CELL_TOO_LONG: false,
  REFERENCE_MISSING: false,
  PARTNER_MISSING: false,
  PRODUCT_MISSING: false,
  PRODUCT_UNKNOWN: false,
  STAGE_UNKNOWN: false,
  DAY_INVALID: false,
  VALUE_INVALID: false,
  /** Another sale of an earlier row has this reference. */
  REFERENCE_REPEATED: false,
  /** The register says no, as when it holds the sale with another value. */
  REFUSED: false,
} as const satisfies Record<string, boolean>;

export type FindingKind = keyof typeof RECORDED;

/** Something about a row that a person should know, and what becomes of the row. */
export interface Finding {
  /** Counted from 1 below the header. */
  readonly row: number;
  /** As the header spells it; null where the whole row is meant. */
  readonly column: string | null;
  readonly kind: FindingKind;
  readonly what: string;
  /** What happens with the row, and what can be done about it. */
  readonly then: string;
}

export const isRecorded = ({ kind }: Pick<Finding, 'kind'>): boolean => RECORDED[kind];
