/** What the compiler emits for everything that is no class of the user's own: nothing to construct, nothing to validate by. */
export const BUILT_IN_TYPES: ReadonlySet<unknown> = new Set([
  Object,
  String,
  Number,
  Boolean,
  BigInt,
  Symbol,
  Array,
  Function,
  Promise,
  Map,
  Set,
  Date,
]);
