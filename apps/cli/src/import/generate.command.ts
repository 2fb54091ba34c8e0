import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Command, InvalidArgumentError } from 'commander';

import { UsageError } from '../context';
import { generatedMapping, generatePipeline, type PipelineSize } from './generated-pipeline';

interface GenerateOptions extends PipelineSize {
  readonly out: string;
  readonly mapOut?: string;
}

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`a whole number from ${least} to ${most}`);
  };

export const generateCommand = (): Command =>
  new Command('generate').description('make data to try things with').addCommand(pipelineCommand());

const pipelineCommand = (): Command =>
  new Command('pipeline')
    .description('make a sales pipeline in which everybody is invented; the same seed makes the same file')
    .requiredOption('-o, --out <file>', 'the CSV file to write')
    .option('--map-out <file>', 'write the mapping that fits it, too')
    .option('--rows <number>', 'how many sales', wholeNumber(0, 10_000_000), 8_800)
    .option('--seed <number>', 'another seed makes another file', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--partners <number>', 'how many partners', wholeNumber(1, 10_000), 30)
    .option('--accounts <number>', 'how many accounts', wholeNumber(1, 100_000), 85)
    .action(generate);

const generate = async ({ out, mapOut, ...size }: GenerateOptions): Promise<void> => {
  try {
    await pipeline(Readable.from(generatePipeline(size)), createWriteStream(out));
    if (mapOut !== undefined) await writeFile(mapOut, `${JSON.stringify(generatedMapping(size.seed), null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`The file cannot be written: ${(error as Error).message}`);
  }
};
