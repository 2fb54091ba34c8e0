import { principalOf } from '@tempore/acts';
import { deriveId, Refusal } from '@tempore/kernel';
import { isPartnerRole, type Role } from '@tempore/principals';
import { type Database, findPartner, listPartners } from '@tempore/read-models';
import type { Settings } from '@tempore/settings';
import type { FastifyRequest } from 'fastify';

import { mintToken } from '../../../composition/src/mint-token';
import type { Stores } from '../../../composition/src/stores';
import { SESSION_HOURS, type SignIn } from './sessions';

/** Injection token of `LocalSignIn`; undefined where an issuer signs people in, and in production. */
export const LOCAL_SIGN_IN = Symbol('LOCAL_SIGN_IN');

/** Desks of the vendor, in the order in which they are offered. */
const VENDOR_DESKS: readonly Role[] = ['channel-manager', 'arbiter', 'auditor', 'finance', 'direct-rep', 'admin'];
const PARTNER_DESKS: readonly Role[] = ['partner-user', 'partner-admin'];
/** More partners than this stand on no machine that somebody tries things out on. */
const MOST_PARTNERS = 100;

/** Somebody whom a person at this machine may be today. */
export interface LocalPerson {
  readonly role: Role;
  readonly partnerId: string | null;
  readonly partnerName: string | null;
}

/** Takes the place of an issuer while somebody tries the product out on their own machine. */
export class LocalSignIn {
  constructor(
    private readonly settings: Pick<Settings, 'oidc' | 'tokenMaxHours'>,
    private readonly stores: Pick<Stores, 'runner' | 'secrets'>,
    private readonly database: Database,
  ) {}

  async people(): Promise<readonly LocalPerson[]> {
    const { items } = await listPartners(this.database, {}, { limit: MOST_PARTNERS, cursor: undefined });
    return [
      ...items.flatMap(({ id, legalName }) =>
        PARTNER_DESKS.map((role) => ({ role, partnerId: id, partnerName: legalName })),
      ),
      ...VENDOR_DESKS.map((role) => ({ role, partnerId: null, partnerName: null })),
    ];
  }

  /** Mints as `tempore token` does, for the same person each time: who decided yesterday is known today. */
  async signIn(role: Role, partnerId: string | undefined): Promise<SignIn> {
    if (isPartnerRole(role)) await this.expectPartner(partnerId);
    const issuedAt = new Date();
    const hours = Math.min(SESSION_HOURS, this.settings.tokenMaxHours);
    const claims = await mintToken(this.stores, {
      subject: deriveId('principal', 'local-person', role, partnerId ?? ''),
      roles: [role],
      partnerId,
      audience: this.settings.oidc.audience,
      issuedAt,
      expiresAt: new Date(issuedAt.getTime() + hours * 3_600_000),
    });
    return {
      principal: principalOf(claims.subject, [role], partnerId ?? null),
      issuedAt: issuedAt.getTime(),
      expiresAt: claims.expiresAt.getTime(),
      name: null,
      refreshToken: null,
    };
  }

  private async expectPartner(partnerId: string | undefined): Promise<void> {
    if (partnerId !== undefined && (await findPartner(this.database, partnerId))) return;
    throw new Refusal('PARTNER_UNKNOWN', 'invalid', 'partnerId names no partner of this installation.', {
      remedy: 'Take one of the people that GET /auth/local lists.',
    });
  }
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
/** Also by name: a page elsewhere may have its own name lead to this machine. */
const LOOPBACK_NAME = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

export const isFromThisMachine = ({ socket, hostname }: FastifyRequest): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '') && LOOPBACK_NAME.test(hostname);
