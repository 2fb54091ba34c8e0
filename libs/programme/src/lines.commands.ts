import type { Command, Proposal, Withdrawal } from '@tempore/kernel';

import type { FoundedLine, LineChange } from './lines.events';

/** Given by the first start that knows a catalogue; what stands counts. */
export type FoundLines = Command<'FoundLines', { readonly lines: readonly FoundedLine[] }>;

/** The line is named by any of its spellings. */
export type ProposeLineChange = Command<'ProposeLineChange', Proposal<LineChange>>;

export type AdoptLineChange = Command<'AdoptLineChange', { readonly proposalId: string }>;

export type WithdrawLineChange = Command<'WithdrawLineChange', Withdrawal>;

export type LinesCommand = FoundLines | ProposeLineChange | AdoptLineChange | WithdrawLineChange;
