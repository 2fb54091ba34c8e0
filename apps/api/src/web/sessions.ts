import { createHash, randomBytes } from 'node:crypto';

import { organisationOf, type Principal, principalOf } from '@tempore/acts';
import type { Role } from '@tempore/principals';
import type { Pool } from 'pg';
import { z } from 'zod';

import type { VerifiedToken } from '../auth/remembered-tokens';
import type { Revocations } from '../auth/token-verifier';
import { openJson, sealJson } from './sealed-json';

const SECRET_BYTES = 32;
const IDLE_HOURS = 8;
export const SESSION_HOURS = 24;
/** So seldom is it written down that a session is in use. */
const SEEN_EVERY_S = 60;

/** What a session keeps that only this installation may read. */
const keptSchema = z.object({ name: z.string().nullable(), refreshToken: z.string().nullable() });
export type Kept = Readonly<z.infer<typeof keptSchema>>;

/** Somebody who signed in: what their token says, their name, and what keeps the session alive behind the token's end. */
export interface SignIn extends VerifiedToken, Kept {}

/** Asks the issuer for the next token. Throws where it gives none. */
export type Refresh = (refreshToken: string) => Promise<Pick<SignIn, keyof VerifiedToken | 'refreshToken'>>;

export interface Session {
  readonly principal: Principal;
  readonly name: string | null;
}

interface SessionRow {
  readonly principal_id: string;
  readonly roles: Role[];
  readonly partner_id: string | null;
  readonly issued_at: Date;
  readonly expired: boolean;
  readonly unseen: boolean;
  readonly kept: Buffer;
}

const ALIVE = `created_at > now() - interval '${SESSION_HOURS} hours' AND seen_at > now() - interval '${IDLE_HOURS} hours'`;

const SELECT = `SELECT principal_id, roles, partner_id, issued_at, expires_at <= now() AS expired,
  seen_at < now() - interval '${SEEN_EVERY_S} seconds' AS unseen, kept FROM ops.session WHERE hash = $1 AND ${ALIVE}`;

/**
 * Who is signed in, by the secret that their browser holds. The database has its hash alone, so that nobody who reads it
 * can sign in; a browser has nothing that is a token. Runs by the time of day, as tokens do.
 */
export class Sessions {
  /** Under way: an issuer that rotates refresh tokens takes each of them once. */
  private readonly refreshing = new Map<string, Promise<Session | undefined>>();

  constructor(
    private readonly pool: Pool,
    private readonly key: Buffer,
    private readonly revocations: Revocations,
    private readonly refresh: Refresh,
  ) {}

  /** Opens a session, and hands back its secret. */
  async open({ principal, issuedAt, expiresAt, name, refreshToken }: SignIn): Promise<string> {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const hash = hashOf(secret);
    await this.pool.query(`DELETE FROM ops.session WHERE NOT (${ALIVE})`);
    await this.pool.query(
      `INSERT INTO ops.session (hash, principal_id, roles, partner_id, issued_at, expires_at, kept)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [hash, ...whoOf(principal), new Date(issuedAt), new Date(expiresAt), this.seal(hash, { name, refreshToken })],
    );
    return secret;
  }

  async find(secret: string): Promise<Session | undefined> {
    const hash = hashOf(secret);
    const { rows } = await this.pool.query<SessionRow>(SELECT, [hash]);
    const [row] = rows;
    if (!row) return undefined;
    if (this.revocations.areRevoked(row.principal_id, row.issued_at.getTime())) return this.end(secret);
    if (row.expired) return this.renew(hash);
    if (row.unseen) await this.pool.query('UPDATE ops.session SET seen_at = now() WHERE hash = $1', [hash]);
    return this.toSession(hash, row);
  }

  async end(secret: string): Promise<undefined> {
    await this.pool.query('DELETE FROM ops.session WHERE hash = $1', [hashOf(secret)]);
  }

  private renew(hash: Buffer): Promise<Session | undefined> {
    const id = hash.toString('hex');
    const underWay = this.refreshing.get(id) ?? this.renewAlone(hash).finally(() => this.refreshing.delete(id));
    this.refreshing.set(id, underWay);
    return underWay;
  }

  /** The row's lock keeps every other API process waiting, which then finds the session renewed. */
  private async renewAlone(hash: Buffer): Promise<Session | undefined> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const { rows } = await client.query<SessionRow>(`${SELECT} FOR UPDATE`, [hash]);
      const [row] = rows;
      const session = row && (row.expired ? await this.renewed(client, hash, row) : this.toSession(hash, row));
      await client.query('COMMIT');
      return session;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  private async renewed(client: Pick<Pool, 'query'>, hash: Buffer, row: SessionRow): Promise<Session | undefined> {
    const { name, refreshToken } = this.kept(hash, row);
    const next = refreshToken === null ? undefined : await this.refresh(refreshToken).catch(() => undefined);
    if (!next) {
      await client.query('DELETE FROM ops.session WHERE hash = $1', [hash]);
      return undefined;
    }
    const kept = { name, refreshToken: next.refreshToken ?? refreshToken };
    await client.query(
      `UPDATE ops.session SET principal_id = $2, roles = $3, partner_id = $4, issued_at = $5, expires_at = $6, kept = $7,
       seen_at = now() WHERE hash = $1`,
      [hash, ...whoOf(next.principal), new Date(next.issuedAt), new Date(next.expiresAt), this.seal(hash, kept)],
    );
    return { principal: next.principal, name };
  }

  private toSession(hash: Buffer, row: SessionRow): Session {
    const principal = principalOf(row.principal_id, row.roles, row.partner_id);
    return { principal, name: this.kept(hash, row).name };
  }

  private seal(hash: Buffer, kept: Kept): Buffer {
    return sealJson(this.key, hash.toString('hex'), kept);
  }

  private kept(hash: Buffer, { kept }: SessionRow): Kept {
    return keptSchema.parse(openJson(this.key, hash.toString('hex'), kept));
  }
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const whoOf = (principal: Principal) => [principal.id, principal.roles, organisationOf(principal)] as const;
