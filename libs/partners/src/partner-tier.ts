import { z } from 'zod';

/** From the lowest to the highest. */
export const partnerTierSchema = z.enum(['bronze', 'silver', 'gold']);
export type PartnerTier = z.infer<typeof partnerTierSchema>;

export const reachesTier = (tier: PartnerTier, needed: PartnerTier): boolean =>
  partnerTierSchema.options.indexOf(tier) >= partnerTierSchema.options.indexOf(needed);
