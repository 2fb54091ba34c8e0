import { MemoryLog } from './memory-log';

/** A log that is the same in every process that makes it. */
export const numberedLog = (events: number): MemoryLog => {
  const log = new MemoryLog({ batchSize: 20 });
  for (let index = 0; index < events; index++) log.append(`box-${index % 10}`, 'box-resized', { size: index });
  return log;
};
