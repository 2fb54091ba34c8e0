import type { Principal } from '@tempore/acts';
import type { Addressee } from '@tempore/notices';

/** Whose notices somebody sees: their own, those to the roles they hold, and those to the partner they act for. */
export const addresseesOf = (principal: Principal): readonly Addressee[] => [
  { kind: 'principal', id: principal.id },
  ...principal.roles.map((role): Addressee => ({ kind: 'role', id: role })),
  ...(principal.side === 'partner' ? [{ kind: 'partner' as const, id: principal.partnerId }] : []),
];
