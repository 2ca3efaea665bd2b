/** The types that the compiler emits for everything but a user's class. They have no dependencies and no rules. */
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
