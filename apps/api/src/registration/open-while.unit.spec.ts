import 'reflect-metadata';

import { alsoWhile, partnerActs } from '@tempore/acts';

import { ALSO_WHILE } from '../auth/standing-guard';
import { DealsOfPartnerController } from './deals-of-partner.controller';

const methods: Readonly<Record<string, unknown>> = DealsOfPartnerController.prototype as never;
const routes = Object.getOwnPropertyNames(DealsOfPartnerController.prototype)
  .filter((name) => name !== 'constructor')
  .flatMap((name) => {
    const handler = methods[name] as object;
    const path = Reflect.getMetadata('path', handler) as string | undefined;
    return path === undefined ? [] : [{ path, open: Reflect.getMetadata(ALSO_WHILE, handler) as unknown }];
  });

it.each(partnerActs)('what a deal tells of the right to its %s is what the route is open for', (act) => {
  const path = act === 'win' || act === 'loss' ? 'outcome' : act;
  const [route] = routes.filter((one) => one.path === `:id/${path}`);
  expect(route).toEqual({ path: `:id/${path}`, open: alsoWhile[act] });
});

it('every route on a deal that there is has a right of its own', () =>
  expect(routes.map(({ path }) => path.replace(':id/', '')).sort()).toEqual(
    ['/', ...new Set(partnerActs.map((act) => (act === 'win' || act === 'loss' ? 'outcome' : act)))].sort(),
  ));
