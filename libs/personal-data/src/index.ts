export type { KeyShares } from './key-shares';
export { commitmentOf, open, type Place, seal, SealBroken, type SealedValue } from './seal';
export { type Rewrapped, Vault, type VaultOptions } from './vault';
export { KeyBroken, type MasterKey, masterKey } from './wrap';
