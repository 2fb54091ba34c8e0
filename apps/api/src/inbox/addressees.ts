import type { Addressee } from '@tempore/notices';

import type { Principal } from '../auth/principal';

/** Whose notices somebody sees: their own, those to the roles they hold, and those to the partner they act for. */
export const addresseesOf = ({ id, roles, partnerId }: Principal): readonly Addressee[] => [
  { kind: 'principal', id },
  ...roles.map((role): Addressee => ({ kind: 'role', id: role })),
  ...(partnerId === undefined ? [] : [{ kind: 'partner' as const, id: partnerId }]),
];
