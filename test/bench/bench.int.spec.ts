import { meets, QUICK } from './measure';
import { measures } from './measures';
import { table } from './table';

/** They start the product's processes, whose own specs say that these work. */
const SLOW = ['visible', 'import'];

describe.each(measures.filter(({ name, inFullOnly }) => !inFullOnly && !SLOW.includes(name)))(
  'the measure "$name"',
  ({ run }) => {
    it('given the smallest size, when it is run, then every figure is a number, and one with an aim says what it is held against', async () => {
      const figures = await run(QUICK);

      expect(figures.length).toBeGreaterThan(0);
      for (const figure of figures) {
        expect(figure.value).toBeGreaterThan(0);
        if (figure.peer) expect(figure.ratio).toBeGreaterThan(0);
        if (figure.aim) expect(meets(figure)).toEqual(expect.any(Boolean));
      }
      expect(table(figures).split('\n')).toHaveLength(figures.length + 1);
    });
  },
);
