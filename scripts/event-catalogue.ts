/** Writes docs/event-catalogue.md from the definitions: `npm run docs:events`. */
import { writeFileSync } from 'node:fs';

import { eventsByCategory } from '@tempore/catalogue';
import {
  type Audience,
  audiences,
  daySchema,
  type EventDefinition,
  idSchema,
  instantSchema,
  moneySchema,
} from '@tempore/kernel';
import { z } from 'zod';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Schemas that have a word of their own. */
const words = new Map<unknown, string>([
  [idSchema, 'id'],
  [instantSchema, 'instant'],
  [daySchema, 'day'],
  [moneySchema, 'money'],
]);

const jsonSchemaOf = ({ schema }: EventDefinition): JsonSchema =>
  z.toJSONSchema(schema, {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const word = words.get(zodSchema);
      if (word) jsonSchema.title = word;
    },
  });

const asSchema = (schema: JsonSchema | boolean): JsonSchema => (typeof schema === 'boolean' ? {} : schema);

/** A field is `path: word`; what has fields of its own is named by them. */
const fieldsOf = (schema: JsonSchema, path: string, suffix = ''): readonly string[] => {
  const { title, anyOf, oneOf, properties, items, type } = schema;
  const field = (word: string) => [`- \`${path}\`: ${word}${suffix}`];
  if (title) return field(title);
  if (anyOf?.[0]) return fieldsOf(asSchema(anyOf[0]), path, ' or null');
  // The fields of each variant, behind what tells it from the others.
  if (oneOf) return oneOf.flatMap((variant) => fieldsOf(asSchema(variant), path, suffix));
  if (schema.const !== undefined) return field(`\`${String(schema.const)}\``);
  if (schema.enum) return field(schema.enum.map((value) => `\`${String(value)}\``).join(' · '));
  if (properties) {
    const inner = Object.entries(properties).flatMap(([name, property]) =>
      fieldsOf(asSchema(property), path ? `${path}.${name}` : name),
    );
    return suffix ? [...field('all of these'), ...inner] : inner;
  }
  if (items && !Array.isArray(items)) return fieldsOf(asSchema(items), `${path}[]`, suffix);
  return field(type === 'string' ? 'text' : String(type));
};

const shownTo = ({ visibility }: EventDefinition): readonly string[] =>
  audiences.flatMap((audience) => {
    const shown = visibility.at(-1)?.[audience];
    if (!shown) return [];
    const parts = [...shown.fields.map((field) => `\`${field}\``), ...(shown.actor ? ['who acted'] : [])];
    return ['', `Shown to ${WHO[audience]}: ${parts.join(', ') || 'that it happened'}.`];
  });

const WHO: Readonly<Record<Audience, string>> = { partner: 'its partner', 'direct-team': 'the direct team' };

const section = (definition: EventDefinition): string => {
  const { type, schemaVersion, why } = definition;
  const fields = fieldsOf(jsonSchemaOf(definition), '');
  return [`### ${type} · version ${schemaVersion}`, '', why, '', ...fields, ...shownTo(definition), ''].join('\n');
};

export const eventCatalogue = (): string =>
  [
    '# Event catalogue\n',
    'Every type of event that stands in the log, and why the fact exists. Written by `npm run docs:events`.\n',
    ...Object.entries(eventsByCategory).flatMap(([category, events]) => [`## ${category}\n`, ...events.map(section)]),
  ]
    .join('\n')
    .replace(/\n{2,}/g, '\n\n')
    .trimEnd() + '\n';

if (require.main === module) writeFileSync('docs/event-catalogue.md', eventCatalogue());
