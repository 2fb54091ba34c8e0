import { getMetadataStorage, validateSync } from 'class-validator';

import '../api.module';
import { IsName, IsText } from './is-written';

class Form {
  @IsName(20)
  name: unknown = 'Northwind';

  @IsText(20)
  reason: unknown = 'Agreed';

  @IsName(20, { each: true })
  spellings: unknown = ['NW'];
}

const faultsOf = (fields: Partial<Form>): readonly string[] =>
  validateSync(Object.assign(new Form(), fields)).flatMap(({ constraints = {} }) => Object.values(constraints));

it('given a name of one line and a reason of several, then both are taken', () =>
  expect(faultsOf({ reason: 'Agreed:\nyes' })).toEqual([]));

it.each([
  [{ name: '\u200b' }, 'name must hold a letter or a digit'],
  [{ name: 'North\nwind' }, 'name must hold no control character'],
  [{ name: ' ' }, 'name is empty'],
  [{ name: 7 }, 'name must be a string'],
  [{ name: '\u0000'.repeat(21) }, 'name must not be longer than 20 characters'],
  [{ reason: 'Agreed\u0007' }, 'reason must hold no control character'],
  [{ spellings: ['NW', '\u200b', 7] }, 'spellings must hold a letter or a digit'],
  [{ reason: '\u3164' }, 'reason must hold a letter or a digit'],
])('given %j, then one fault is told: %s', (fields, fault) => expect(faultsOf(fields)).toEqual([fault]));

it('given the bodies and queries of every route, then each text is held to this check but for what is searched for', () => {
  const storage = getMetadataStorage() as unknown as {
    readonly validationMetadatas: ReadonlyMap<object, readonly { name?: string; propertyName: string }[]>;
  };
  const unchecked = [...storage.validationMetadatas.values()]
    .flat()
    .filter(({ name }) => name === 'isString')
    .map(({ propertyName }) => propertyName);
  expect(new Set(unchecked)).toEqual(new Set(['cursor', 'search', 'domain', 'domains', 'productLine']));
});
