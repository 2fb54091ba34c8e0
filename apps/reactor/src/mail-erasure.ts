import { subjectOf } from '@tempore/kernel';
import { person, personalDataErased } from '@tempore/people';

import type { Clock } from '../../composition/src/clock';
import type { Stores } from '../../composition/src/stores';
import { forgetPerson, forgetUnsorted, peopleIn } from './mail/mail-folder';
import type { Process } from './process';

const WATCH_EVERY_MS = 30_000;

/**
 * Removes the mails that lie in files for a person who was forgotten: they hold name and address in the clear. The
 * watchdog finds also what was being written while the person was forgotten.
 */
export const mailErasure = ({ runner }: Pick<Stores, 'runner'>, clock: Clock, folder: string): Process => ({
  name: 'mail-erasure',
  interestedIn: [personalDataErased.type],
  nudge: ({ stream, metadata: { recordedAt } }) => ({
    due: recordedAt,
    about: { stream },
    run: () => forgetPerson(folder, subjectOf(stream)),
  }),
  watchEveryMs: WATCH_EVERY_MS,
  overdue: async () => {
    await forgetUnsorted(folder);
    const due = clock();
    return (await peopleIn(folder)).map((personId) => ({
      due,
      about: { personId },
      run: async () => {
        const { state } = await runner.read(person, personId);
        if (state.status === 'erased') await forgetPerson(folder, personId);
      },
    }));
  },
});
