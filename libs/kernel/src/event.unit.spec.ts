import { z } from 'zod';

import { defineEvent, shows, showsWithActor } from './event';

const schema = z.object({ name: z.string() });

it('given a first version, then it is version 1, has no way from older ones, and nobody outside sees it', () =>
  expect(defineEvent('thing-named', 'Shows how events are defined.', schema)).toEqual({
    type: 'thing-named',
    why: 'Shows how events are defined.',
    schema,
    schemaVersion: 1,
    upcasters: [],
    visibility: [{}],
  }));

it('given fields that are shown, then they are, with who acted or without', () => {
  expect(shows('name', 'reason')).toEqual({ fields: ['name', 'reason'], actor: false });
  expect(showsWithActor('name')).toEqual({ fields: ['name'], actor: true });
});

describe('an event of two versions', () => {
  const upcasters = [(data: unknown) => data];

  it('given one audience for all of them, then it sees each', () =>
    expect(
      defineEvent('thing-named', 'Why.', schema, { upcasters, shown: { partner: shows('name') } }).visibility,
    ).toEqual([{ partner: shows('name') }, { partner: shows('name') }]));

  it('given what is shown of each, then it stands in their order', () => {
    const shown = [{}, { partner: shows('name') }];
    expect(defineEvent('thing-named', 'Why.', schema, { upcasters, shown }).visibility).toEqual(shown);
  });

  it('given what is shown of one alone, then its author is told', () =>
    expect(() => defineEvent('thing-named', 'Why.', schema, { upcasters, shown: [{}] })).toThrow(
      'thing-named says of 1 versions who sees them',
    ));
});
