/** A text as it is searched: without case, accents, and space around it. */
export const foldText = (text: string): string => text.trim().normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Letters and digits only, as numbers of registers are compared. */
export const squeezeText = (text: string): string => foldText(text).replace(/[^\p{L}\p{N}]/gu, '');
