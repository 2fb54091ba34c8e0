import { legacyDealRecorded } from '@messages/deals';
import { partnerApplied } from '@messages/partners';
import { assert, constantFrom, oneof, property, record, string } from 'fast-check';

import { isRecorded } from './finding';
import { generatedMapping } from './generated-pipeline';
import { parseMapping } from './mapping';
import { rowPlanner } from './plan-row';

const mapping = parseMapping(generatedMapping(1), 'map.json');
const planRow = rowPlanner(mapping, 'a'.repeat(64));

const cell = (...usual: string[]) =>
  oneof(
    constantFrom('', ...usual),
    string({ unit: 'binary', maxLength: 600 }).map((text) => text.trim()),
  );

const cells = record({
  reference: cell('R1'),
  partner: cell('Ann'),
  account: cell('Contoso'),
  product: cell('WidgetPro', 'Gizmo 500'),
  stage: cell('Won', 'Lost', 'Engaging', 'Prospecting'),
  opened: cell('2017-01-02', '2017-02-30'),
  closed: cell('2017-01-01', '2017-12-31'),
  value: cell('10', '10.50', '-3', '0', '1e3'),
});

it('whatever a row holds, it is recorded as the log takes it, or a finding says why not', () => {
  assert(
    property(cells, (given) => {
      const { sale, findings } = planRow({ number: 1, cells: given });
      expect(findings.every(isRecorded)).toBe(sale !== null);
      if (!sale) return;
      expect(legacyDealRecorded.schema.parse(sale.deal)).toEqual(sale.deal);
      expect(partnerApplied.schema.parse(sale.partner)).toEqual(sale.partner);
    }),
    { numRuns: 1_000 },
  );
});
