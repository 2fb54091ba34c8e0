import { subjectOf } from '@tempore/kernel';
import { person, personalDataErased } from '@tempore/people';

import { processOf } from './process';

/**
 * Removes the mails that are kept for a person who was forgotten: they hold name and address in the clear. The watchdog
 * finds also what was being written while the person was forgotten.
 */
export const mailErasure = processOf({
  name: 'mail-erasure',
  follows: [personalDataErased],
  graceMs: 0,
  step: ({ stream }, { mails }) => mails.forget(subjectOf(stream)),
  timers: null,
  watchdog: {
    everyMs: 30_000,
    overdue: async ({ runner, mails }) =>
      (await mails.keptFor()).map((personId) => ({
        about: { personId },
        run: async () => {
          const { state } = await runner.read(person, personId);
          if (state.status === 'erased') await mails.forget(personId);
        },
      })),
  },
});
