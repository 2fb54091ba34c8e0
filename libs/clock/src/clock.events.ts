import { defineEvent, type EventOf, instantSchema } from '@tempore/kernel';
import { z } from 'zod';

export const clockMoved = defineEvent(
  'clock-moved',
  'In a simulated installation it is as late as the last of these says: a restart resumes there, and whoever reads the ' +
    'log later sees that its times were made.',
  z.object({ to: instantSchema }),
);

export const clockEvents = [clockMoved] as const;

export type ClockEvent = EventOf<typeof clockEvents>;
