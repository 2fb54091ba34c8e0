import type { Measure } from '../measure';
import { candidates } from './candidates';
import { commands } from './commands';
import { oneDocket } from './docket';
import { fold } from './fold';
import { http } from './http';
import { pipelineImport } from './import';
import { node } from './node';
import { rebuild } from './rebuild';
import { registrations } from './registrations';
import { scaling } from './scaling';
import { visible } from './visible';

export const measures: readonly Measure[] = [
  node,
  commands,
  http,
  registrations,
  rebuild,
  scaling,
  visible,
  pipelineImport,
  candidates,
  oneDocket,
  fold,
];
