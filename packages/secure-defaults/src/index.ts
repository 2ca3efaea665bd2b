export { secureDefaults } from './secure-defaults';
export type { SecureDefaultsOptions } from './secure-defaults';
