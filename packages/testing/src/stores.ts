/** Contracts of stores, as `@sluice/testing/stores`: tests for authors of a store, for any test runner. */
export type { ContractCase } from './stores/contract-case';
export { limitStoreContract, type LimitStoreUnderTest } from './stores/limit-store-contract';
export { sessionStoreContract, type SessionStoreUnderTest } from './stores/session-store-contract';
