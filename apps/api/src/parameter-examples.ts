import type { OpenAPIObject } from '@nestjs/swagger';

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly default?: unknown;
  readonly example?: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Parts of a path, which are declared by their names alone. All others are ids. */
const PARTS: Readonly<Record<string, unknown>> = { line: 'Gateway', version: 2 };

const FORMATS: Readonly<Record<string, unknown>> = {
  uuid: '0f0a2c4e-5b7d-5e0a-9a0e-2f9f0d1c3b4a',
  date: '2026-03-02',
  'date-time': '2026-03-02T09:00:00.000Z',
};

/** Gives every parameter an example: its own where it declares one, else that of its kind. */
export const withParameterExamples = (document: OpenAPIObject): OpenAPIObject => {
  for (const path of Object.values(document.paths))
    for (const method of METHODS) {
      const operation = path[method] as { parameters?: readonly Parameter[] } | undefined;
      if (operation?.parameters) operation.parameters = operation.parameters.map(withExample);
    }
  return document;
};

/** A form is filled in with `example`; what may be left out, such as a filter, has `examples`, which leave it empty. */
const withExample = (parameter: Parameter): Parameter => {
  const { example = exampleOf(parameter), ...schema } = schemaOf(parameter);
  if (example === undefined) return parameter;
  return { ...parameter, schema: { ...schema, ...(parameter.required ? { example } : { examples: [example] }) } };
};

const schemaOf = ({ in: place, name, schema }: Parameter): Schema =>
  place === 'path' && !(name in PARTS) ? { ...schema, format: 'uuid' } : schema;

const exampleOf = (parameter: Parameter): unknown => {
  const { type, format = '', default: usual } = schemaOf(parameter);
  const known = parameter.in === 'path' ? PARTS[parameter.name] : undefined;
  return known ?? FORMATS[format] ?? usual ?? (type === 'boolean' ? true : undefined);
};
