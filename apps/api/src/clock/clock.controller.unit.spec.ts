import { NOW } from '@tempore/testing';

import { ClockController } from './clock.controller';

it('given an installation that runs on the time of day, when its clock is moved, then it is refused with what would help', async () => {
  const controller = new ClockController({ now: () => NOW }, {} as never, {} as never);
  await expect(controller.move({ meta: {} } as never, { to: NOW })).rejects.toMatchObject({
    code: 'CLOCK_NOT_SIMULATED',
    kind: 'conflict',
    details: { remedy: 'Start it with TEMPORE_CLOCK=simulated to move its clock.' },
  });
  expect(controller.read()).toEqual({ now: NOW, simulated: false });
});
