import { Refusal } from '@tempore/kernel';
import { ProjectionError } from '@tempore/projections';
import { SettingsError } from '@tempore/settings';
import { Command } from 'commander';

import { UsageError } from './context';
import { eventsCommand } from './events.command';
import { generateCommand } from './import/generate.command';
import { importCommand } from './import/import.command';
import { logCommand } from './log/log.command';
import { projectionsCommand } from './projections/projections.command';
import { rebuildCommand } from './projections/rebuild.command';
import { verifyCommand } from './projections/verify.command';
import { tokenCommand } from './token.command';
import { vaultCommand } from './vault.command';

const program = new Command('tempore')
  .description('The register that can prove who was first')
  .showHelpAfterError('(see --help)')
  .addCommand(tokenCommand())
  .addCommand(importCommand())
  .addCommand(generateCommand())
  .addCommand(projectionsCommand())
  .addCommand(rebuildCommand())
  .addCommand(verifyCommand())
  .addCommand(eventsCommand())
  .addCommand(logCommand())
  .addCommand(vaultCommand());

/** A path that is not there, or may not be read or written. */
const isFileTrouble = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'path' in error && 'syscall' in error;

/** What people can act on is said in their words; anything else is a fault of ours and shows where. */
const explain = (error: unknown): string => {
  if (error instanceof Refusal) return [error.message, error.details.remedy].filter(Boolean).join(' ');
  if (isFileTrouble(error)) return error.message;
  if (error instanceof UsageError || error instanceof SettingsError || error instanceof ProjectionError)
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

// Whoever reads us (`| head`) has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
