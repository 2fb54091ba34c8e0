import { Command } from 'commander';

import { UsageError, withStores } from './context';

const rewrap = (): Promise<void> =>
  withStores(async ({ settings, stores: { vault } }) => {
    if (settings.previousSecret === undefined)
      throw new UsageError('Set TEMPORE_SECRET to the new secret and TEMPORE_SECRET_PREVIOUS to the one before.');
    const { rewrapped, lost } = await vault.rewrap();
    process.stdout.write(`${rewrapped} keys are wrapped by the new secret\n`);
    if (lost.length > 0)
      process.stdout.write(`The shares of these are gone, so their keys are destroyed:\n${lost.join('\n')}\n`);
    process.stdout.write('Take TEMPORE_SECRET_PREVIOUS away from every process, and destroy the old secret.\n');
  });

export const vaultCommand = (): Command =>
  new Command('vault')
    .description('the keys of personal data')
    .addCommand(
      new Command('rewrap')
        .description('wrap every key by a new secret, so that the old one can be destroyed; may be repeated')
        .action(rewrap),
    );
