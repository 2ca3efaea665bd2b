/** One promise of a store. */
export interface ContractCase {
  /** A sentence with the store as its subject: `lets exactly as many requests pass as the limit allows`. */
  readonly title: string;
  /** Rejects with an AssertionError if the store breaks the promise. */
  run(): Promise<void>;
}
