import { catalogue } from '@tempore/catalogue';
import type { CommandRunner } from '@tempore/event-store';
import { audiences, deriveId, type Instant } from '@tempore/kernel';
import { numbersOf, policy, policyVersion1, PROGRAMME, type ShownOf, visibility } from '@tempore/programme';

/** In whose name the product puts on record what it brings. */
export interface Installation {
  readonly runner: CommandRunner;
  readonly installationId: string;
}

/**
 * Puts the policy that the product brings on record as version 1, in the name of the installation, and, where it has
 * learned to ask for further numbers since, the policy in force with these as the next one. However many processes start
 * first, and however often, each stands there once. Beside it stands what this release shows of events to those who do
 * not see everything.
 */
export const foundProgramme = async ({ runner, installationId }: Installation, now: Instant): Promise<void> => {
  const inItsName = (...what: readonly string[]) => {
    const commandId = deriveId('command', ...what, installationId);
    return { commandId, requestHash: '', actor: installationId, now, correlationId: commandId };
  };
  const founding = { type: 'FoundProgramme', data: { policy: policyVersion1 } } as const;
  await runner.run(policy, PROGRAMME, founding, inItsName('found-programme'), {});
  const numbers = numbersOf(policyVersion1);
  await runner.run(
    policy,
    PROGRAMME,
    { type: 'SupplementPolicy', data: {} },
    inItsName('supplement-policy', ...numbers),
    {},
  );
  const types = shownByThisRelease();
  // By where the stream stands: a release that was here before another one says again what it shows.
  const { revision } = await runner.read(visibility, PROGRAMME);
  const declaring = inItsName('declare-visibility', revision.toString(), JSON.stringify(types));
  await runner.run(visibility, PROGRAMME, { type: 'DeclareVisibility', data: { types } }, declaring, {});
};

/** What this release shows to whom, of every type and version that it knows. */
const shownByThisRelease = (): readonly ShownOf[] =>
  [...catalogue.values()].flatMap(({ type, visibility: byVersion }) =>
    byVersion.flatMap((shownTo, index) =>
      audiences.map((audience) => {
        const { fields, actor } = shownTo[audience] ?? {};
        const shown = fields ? { fields, actor: actor ?? false } : null;
        return { audience, type, version: index + 1, shown };
      }),
    ),
  );
