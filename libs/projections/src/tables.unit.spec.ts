import { boxes } from '../test/views';
import type { EventView, Table } from './projection';
import { ProjectionError } from './errors';
import { checkDeclaration } from './tables';

const [table] = boxes.tables;
const having = (changes: Partial<Table>): EventView => ({ ...boxes, tables: [{ ...table, ...changes }] });

describe('a declaration', () => {
  it('given it can be built, then it passes', () => {
    expect(() => checkDeclaration(boxes)).not.toThrow();
  });

  const malformed: readonly (readonly [string, EventView, string])[] = [
    ['a name with a dash', { ...boxes, name: 'my-boxes' }, 'its name may hold'],
    ['version 0', { ...boxes, version: 0 }, 'its version must be a whole number from 1'],
    ['a table name in capitals', having({ name: 'Box' }), 'table "Box": its name may hold'],
    ['a table of the engine', having({ name: 'parked' }), 'table "parked": the name is taken'],
    ['a table twice', { ...boxes, tables: [table, table] }, 'table "box": the name is taken'],
    ['a key that is no column', having({ key: ['serial'] }), 'key column "serial" is not declared'],
    ['a column without a type', having({ columns: { id: '' } }), 'column box.id: "" does not begin with a type'],
    ['a type of two words', having({ columns: { id: 'double precision' } }), 'write "float8" for "double precision'],
    ['another one', having({ columns: { id: 'timestamp(3) with time zone' } }), 'write "timestamptz"'],
  ];
  it.each(malformed)('given %s, then it is refused and says where and why', (_, view, message) => {
    expect(() => {
      checkDeclaration(view);
    }).toThrow(ProjectionError);
    expect(() => {
      checkDeclaration(view);
    }).toThrow(message);
  });
});
