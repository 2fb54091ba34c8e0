import { api } from '../../api/client';
import { instantIn, textIn } from '../../parts/fields';
import type { DealAct } from './deal-act';

/** Sends an act on a deal as its form says it. */
export const sendAct = (act: DealAct, id: string, form: FormData, documentId: string | undefined, key: string) => {
  const params = { path: { id }, header: { 'Idempotency-Key': key } };
  const reason = textIn(form, 'reason') ?? '';
  const closedOn = textIn(form, 'closedOn') ?? '';
  const evidence = documentId === undefined ? {} : { evidence: [documentId] };
  switch (act) {
    case 'contact': {
      const counterpart = textIn(form, 'counterpart');
      const body = {
        kind: textIn(form, 'kind') as 'meeting',
        direction: textIn(form, 'direction') as 'two-way',
        happenedAt: instantIn(form, 'happenedAt') ?? '',
        ...(counterpart === undefined ? {} : { counterpart: { name: counterpart } }),
        ...evidence,
      };
      return api.POST('/v1/deals/{id}/touches', { params, body });
    }
    case 'stage':
      return api.POST('/v1/deals/{id}/stage', { params, body: { stage: textIn(form, 'stage') as 'proposing' } });
    case 'won':
      return api.POST('/v1/deals/{id}/outcome', { params, body: { outcome: 'won', closedOn, ...evidence } });
    case 'lost':
      return api.POST('/v1/deals/{id}/outcome', { params, body: { outcome: 'lost', closedOn, reason } });
    case 'document':
      return api.POST('/v1/deals/{id}/first-touch-document', { params, body: { documentId: documentId ?? '' } });
    case 'release':
      return api.POST('/v1/deals/{id}/release', { params, body: { reason } });
    case 'withdraw':
      return api.POST('/v1/deals/{id}/withdrawal', { params, body: { reason } });
    case 'decline':
      return api.POST('/v1/deals/{id}/refusal', { params, body: { reason } });
  }
};
