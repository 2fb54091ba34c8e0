import type { VisibleTo } from './document.events';
import type { DocumentState } from './document.state';

/** Who asks, as far as seeing a document goes. */
export interface Viewer {
  readonly id: string;
  readonly roles: readonly string[];
  /** Null for the vendor's people. */
  readonly partnerId: string | null;
}

/**
 * Who sees a document that belongs to a case: its partner, and the vendor's people who decide on cases or look over them.
 * The direct team competes for the same customers and is not among them.
 */
export const visibleInCase = (partnerId: string | null): VisibleTo => ({
  partnerId,
  roles: ['channel-manager', 'arbiter', 'panel-member', 'auditor', 'admin'],
});

/**
 * What a partner uploaded is its own, and the auditors' to look over, until it is handed in: by what was filed, answered
 * or put on record (rulebook 3: a draft is visible to its partner and to auditors only).
 */
export const seesUnfiled = ({ roles, partnerId }: Viewer, owner: string | null): boolean =>
  owner === null || partnerId === owner || roles.includes('auditor');

/**
 * Whoever uploaded a document sees it as long as they act for the same side: a person who went from one organisation to
 * another took nothing along.
 */
export const maySee = ({ id, roles, partnerId }: Viewer, state: DocumentState): boolean => {
  if (state.status === 'none') return false;
  const { uploadedBy, upload } = state;
  const { visibleTo } = upload;
  if (partnerId !== null) return partnerId === visibleTo.partnerId;
  return (uploadedBy === id && visibleTo.partnerId === null) || visibleTo.roles.some((role) => roles.includes(role));
};
