import { Command, InvalidArgumentError, Option } from 'commander';
import { idSchema } from '@tempore/kernel';
import type { CommandRunner } from '@tempore/event-store';
import { partner as partnerDecider } from '@tempore/partners';
import { type Role, roles } from '@tempore/principals';

import { signLocalToken } from '../../composition/src/local-issuer';
import { mintToken } from '../../composition/src/mint-token';
import { UsageError, withStores } from './context';

interface TokenOptions {
  readonly role: readonly Role[];
  readonly partner?: string;
  readonly subject?: string;
  readonly hours: number;
}

const hoursOf = (text: string): number => {
  const hours = Number(text);
  if (Number.isFinite(hours) && hours > 0) return hours;
  throw new InvalidArgumentError('a number of hours above 0');
};

const idOf = (text: string): string => {
  if (idSchema.safeParse(text).success) return text.toLowerCase();
  throw new InvalidArgumentError('an id is a UUID: whose name it is stands nowhere in the log');
};

const expectPartner = async (runner: CommandRunner, id: string): Promise<void> => {
  const { state } = await runner.read(partnerDecider, id);
  if (state.status === 'none')
    throw new UsageError(`--partner ${id} names no partner of this installation. GET /v1/partners lists them.`);
};

const mint = ({ role, partner, subject, hours }: TokenOptions): Promise<void> =>
  withStores(async ({ settings, stores }) => {
    if (settings.oidc.issuer) throw new UsageError(`Tokens come from ${settings.oidc.issuer}, not from this command.`);
    if (hours > settings.tokenMaxHours)
      throw new UsageError(
        `--hours is ${hours}, and the API takes no token for longer than ${settings.tokenMaxHours}: see TEMPORE_TOKEN_MAX_HOURS.`,
      );
    if (partner !== undefined) await expectPartner(stores.runner, partner);
    const issuedAt = new Date();
    const claims = await mintToken(stores, {
      subject,
      roles: role,
      partnerId: partner,
      audience: settings.oidc.audience,
      issuedAt,
      expiresAt: new Date(issuedAt.getTime() + hours * 3_600_000),
    });
    const signed = await signLocalToken(settings.dataDir, claims);
    process.stdout.write(`${signed}\n`);
  });

export const tokenCommand = (): Command =>
  new Command('token')
    .description('mint a bearer token of the local issuer and print it; the minting is put on record')
    .addOption(new Option('-r, --role <role...>', 'what the bearer may do').choices(roles).makeOptionMandatory())
    .option('-p, --partner <id>', 'the partner that the bearer acts for; with a partner’s role only', idOf)
    .option('-s, --subject <id>', 'pseudonymous id of the bearer; a new one where absent', idOf)
    .option('--hours <number>', 'how long it is valid', hoursOf, 12)
    .action(mint);
