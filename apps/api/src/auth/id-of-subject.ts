import type { Ids } from '@tempore/acts';
import { idSchema } from '@tempore/kernel';
import type { Settings } from '@tempore/settings';

/** Injection token of `IdOfSubject`. */
export const ID_OF_SUBJECT = Symbol('ID_OF_SUBJECT');

/** By which id the log knows whom the issuer of tokens calls so; undefined where nobody can be called so. */
export type IdOfSubject = (subject: string) => string | undefined;

/**
 * An outside issuer's subject may be a name or an e-mail address, so it becomes a pseudonym; case tells two of them apart.
 * A subject of the local issuer is an id already, and one id however it is spelled.
 */
export const idOfSubject =
  ({ issuer }: Pick<Settings['oidc'], 'issuer'>, ids: Pick<Ids, 'ofSubject'>): IdOfSubject =>
  (subject) => {
    if (issuer !== undefined) return ids.ofSubject(issuer, subject);
    return idSchema.safeParse(subject).success ? subject.toLowerCase() : undefined;
  };
