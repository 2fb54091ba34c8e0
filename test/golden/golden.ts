import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { EventMetadata } from '@tempore/kernel';

/** A stored event, as it stands in logs out there. */
export interface Golden {
  readonly type: string;
  readonly data: unknown;
  readonly metadata: EventMetadata;
}

export const goldenFiles = readdirSync(__dirname).filter((file) => file.endsWith('.json'));

export const readGolden = (file: string): Golden => JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as Golden;

export const goldenEvents: readonly Golden[] = goldenFiles.toSorted().map(readGolden);
