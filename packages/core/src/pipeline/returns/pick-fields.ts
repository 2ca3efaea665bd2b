import type { Class } from '../../http/class';
import type { ReturnsOptions, Shapes } from '../../plan/steps';

/** Reduces a value to the fields that may be sent. */
export type Pick = (value: unknown) => unknown;

/**
 * Makes the function that reduces values to a class: a plain object with the fields that have a rule, read by name (so
 * getters count), nested objects and the items of lists likewise. `toJSON` is called first, as JSON does.
 */
export function makePick(
  type: Class,
  shapes: Shapes,
  options: ReturnsOptions<Record<string, unknown>>,
): Pick {
  const { omitUndefined = true, omitNull = false } = options;
  const picks = new Map<Class, Pick>();
  const makeFor = (owner: Class, isWanted: (name: string) => boolean): Pick => {
    const fields = (shapes.get(owner) ?? []).filter(({ name }) => isWanted(name));
    return (value) => {
      if (Array.isArray(value)) return value.map((item) => pickObject(item));
      return pickObject(value);
    };
    function pickObject(value: unknown): unknown {
      const source = readJson(value);
      if (typeof source !== 'object' || source === null) return source;
      const picked: Record<string, unknown> = {};
      for (const { name, type: nested } of fields) {
        const field = (source as Record<string, unknown>)[name];
        if (field === undefined) {
          if (!omitUndefined && !omitNull) picked[name] = null;
        } else if (field !== null) picked[name] = nested === undefined ? field : findPick(nested)(field);
        else if (!omitNull) picked[name] = null;
      }
      return picked;
    }
  };
  // Made when needed, since a class may be nested in itself.
  const findPick = (nested: Class): Pick => {
    const known = picks.get(nested) ?? makeFor(nested, () => true);
    picks.set(nested, known);
    return known;
  };
  return makeFor(type, makeNameFilter(options));
}

/** Makes the function that applies `include` and `exclude` to the name of a field. */
export function makeNameFilter({
  include,
  exclude,
}: ReturnsOptions<Record<string, unknown>>): (name: string) => boolean {
  return (name) => (include?.includes(name) ?? true) && !exclude?.includes(name);
}

function readJson(value: unknown): unknown {
  const { toJSON } = (value ?? {}) as { readonly toJSON?: unknown };
  return typeof toJSON === 'function' ? (toJSON.call(value, '') as unknown) : value;
}
