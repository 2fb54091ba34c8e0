import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { getMetadataStorage } from 'class-validator';
import type { FieldError } from '@tempore/kernel';

type Dto = abstract new (...args: never[]) => unknown;

/** The lists in a value that are longer than its DTO allows. What stands in such a list is not looked at. */
export const oversized = (dto: Dto, value: unknown, path: string): FieldError[] => {
  if (typeof value !== 'object' || value === null) return [];
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  const limits = new Map(
    rules.flatMap(({ name, propertyName, constraints }) =>
      name === 'arrayMaxSize' ? [[propertyName, Number(constraints[0])] as const] : [],
    ),
  );
  const nested = rules.filter(({ type }) => type === 'nestedValidation').map(({ propertyName }) => propertyName);
  return [...new Set([...limits.keys(), ...nested])].flatMap((property) => {
    const field = path === '' ? property : `${path}.${property}`;
    const part = (value as Readonly<Record<string, unknown>>)[property];
    const most = limits.get(property);
    if (Array.isArray(part) && most !== undefined && part.length > most)
      return [{ field, message: `must hold no more than ${most} elements` }];
    const inner = partOf(dto, property);
    if (!inner || !nested.includes(property)) return [];
    return Array.isArray(part)
      ? part.flatMap((element, index) => oversized(inner, element, `${field}.${index}`))
      : oversized(inner, part, field);
  });
};

/** The DTO of a property, as `@Type` names it. */
const partOf = (dto: Dto, property: string): Dto | undefined =>
  defaultMetadataStorage.findTypeMetadata(dto, property)?.typeFunction() as Dto | undefined;
