import { categoryOf, formatPosition, type StoredEvent, subjectOf } from '@tempore/kernel';
import { type Change, put, type RawView, type Value } from '@tempore/projections';

const TABLE = 'sequence';

/**
 * Gives every event of the installation its number: contiguous from 1, in log order, and for ever the same, so that a
 * rebuild numbers alike. It is the one number that people and services see, and its table is the index for searching
 * the log. Recorded reads (`access`) and the installation's own stream are not part of it: a rule that must never
 * change, since it would renumber.
 *
 * Events are taken as they are stored, readable by today's code or not.
 */
export const sequenceView: RawView = {
  name: 'sequence',
  version: 2,
  onPoison: 'stop',
  reads: 'everything',
  except: ['access', 'installation'],
  tables: [
    {
      name: TABLE,
      columns: {
        sequence: 'bigint not null',
        id: 'uuid not null',
        stream: 'text not null',
        category: 'text not null',
        subject: 'text not null',
        revision: 'bigint not null',
        type: 'text not null',
        /** Of the shape that the data has. */
        schema_version: 'int',
        actor: 'text',
        correlation: 'text',
        causation: 'text',
        command: 'text',
        recorded_at: 'timestamptz',
        occurred_at: 'timestamptz',
        partner_id: 'text',
        account_id: 'text',
        deal_id: 'text',
        // Not jsonb: the text is kept as it stands, key order and escaped NULs included.
        data: 'json',
        position: 'text not null',
      },
      key: ['sequence'],
      indexes: [
        '(category, subject, sequence)',
        '(partner_id, sequence) WHERE partner_id IS NOT NULL',
        '(account_id, sequence) WHERE account_id IS NOT NULL',
        '(deal_id, sequence) WHERE deal_id IS NOT NULL',
        '(correlation, sequence)',
        '(command, sequence)',
        '(actor, sequence)',
        '(type, sequence)',
        'USING brin (recorded_at)',
      ],
    },
  ],
  project: (event, sequence) => [number(event, sequence)],
};

const number = ({ stream, revision, id, type, data, metadata, position }: StoredEvent, sequence: bigint): Change => {
  const category = categoryOf(stream);
  const subject = subjectOf(stream);
  const about = (kind: string): string | null => (category === kind ? subject : textIn(data, `${kind}Id`));
  return put(TABLE, {
    sequence,
    id,
    stream,
    category,
    subject,
    revision,
    type,
    schema_version: schemaVersionIn(metadata),
    actor: textIn(metadata, 'actor'),
    correlation: textIn(metadata, '$correlationId'),
    causation: textIn(metadata, '$causationId'),
    command: textIn(metadata, 'commandId'),
    recorded_at: instantIn(metadata, 'recordedAt'),
    occurred_at: instantIn(metadata, 'occurredAt'),
    partner_id: about('partner'),
    account_id: about('account'),
    deal_id: about('deal'),
    data: (data ?? null) as Value,
    position: formatPosition(position),
  });
};

/** A field that holds text, as a column can hold it: without NUL. */
const textIn = (object: unknown, field: string): string | null => {
  if (typeof object !== 'object' || object === null) return null;
  const value = (object as Readonly<Record<string, unknown>>)[field];
  if (typeof value !== 'string') return null;
  return value.includes('\0') ? value.replaceAll('\0', '') : value;
};

const instantIn = (object: unknown, field: string): string | null => {
  const text = textIn(object, field);
  return text === null || Number.isNaN(Date.parse(text)) ? null : text;
};

const schemaVersionIn = (metadata: unknown): number | null => {
  const version = (metadata as { readonly schemaVersion?: unknown } | null)?.schemaVersion;
  return typeof version === 'number' && Number.isInteger(version) && version > 0 && version < MOST ? version : null;
};

/** What a column holds; nobody counts so far. */
const MOST = 2 ** 31;
