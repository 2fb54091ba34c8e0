import type { Command } from '@tempore/kernel';

import type { LegalHold } from './person.events';

export type PlaceLegalHold = Command<'PlaceLegalHold', LegalHold>;

export type LiftLegalHold = Command<'LiftLegalHold', { readonly holdId: string; readonly reason: string }>;

export type RequestErasure = Command<'RequestErasure', { readonly reason: string }>;

/** Given once the key is destroyed, never before. */
export type RecordErasure = Command<'RecordErasure', Readonly<Record<string, never>>>;

export type PersonCommand = PlaceLegalHold | LiftLegalHold | RequestErasure | RecordErasure;
