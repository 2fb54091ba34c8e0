import type { System } from './system';

/** Adds a line to the catalogue, as two people do. */
export const addLine = async (system: System, code: string, spellings: readonly string[] = []): Promise<void> => {
  const [anna, ben] = [await system.as('channel-manager'), await system.as('channel-manager')];
  const reason = 'Sold from today on';
  const proposed = await anna.post('/v1/lines/proposals/additions', { code, spellings, reason });
  const { proposalId } = proposed.body as { proposalId: string };
  const adopted = await ben.post(`/v1/lines/proposals/${proposalId}/adoption`);
  if (adopted.status !== 200) throw new Error(`The line was not added: ${proposed.text} ${adopted.text}`);
};
