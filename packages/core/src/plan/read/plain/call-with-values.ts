/** A handler of a controller without a class: it takes all values in one object, and the context. */
type ValuesHandler = (values: Readonly<Record<string, unknown>>, context: unknown) => unknown;

const NO_VALUES = Object.freeze({});

/** Makes the function of a handler step, which is called with the values in the order of their names, and the context. */
export function callWithValues(
  names: readonly string[],
  handler: ValuesHandler,
): (...given: unknown[]) => unknown {
  const [first, second] = names;
  if (first === undefined) return (context) => handler(NO_VALUES, context);
  if (second === undefined) return (value, context) => handler({ [first]: value }, context);
  return (...given) => {
    const values: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) values[names[index]!] = given[index];
    return handler(values, given[names.length]);
  };
}
