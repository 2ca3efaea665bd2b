import type { Class } from '../../http/class';
import type { FieldShape, ReturnsOptions, Shapes } from '../../plan/steps';
import { findMember, listNames } from './find-member';

/** Reduces a value to the fields that may be sent. */
export type Pick = (value: unknown) => unknown;

/**
 * Makes the function that reduces values to a class: a plain object with the fields that have a rule, read by name (so
 * getters count), nested objects likewise. Lists, Sets and Maps are reduced item by item; a Set is sent as a list, and a
 * Map as an object. `toJSON` is called first, as JSON does.
 */
export function makePick(
  type: Class,
  shapes: Shapes,
  options: ReturnsOptions<Record<string, unknown>>,
): Pick {
  const { omitUndefined = true, omitNull = false } = options;
  const picks = new Map<Class, Pick>();
  const makeFor = (owner: Class, isWanted: (name: string) => boolean): Pick => {
    const fields = (shapes.get(owner) ?? [])
      .filter(({ name }) => isWanted(name))
      .map((field) => ({ ...field, pick: makeFieldPick(field) }));
    const pickObject = (value: unknown): unknown => {
      const source = readJson(value);
      if (typeof source !== 'object' || source === null) return source;
      checkSettled(source, owner);
      const picked: Record<string, unknown> = {};
      for (const { name, key, pick } of fields) {
        const field = (source as Record<string, unknown>)[name];
        if (field === undefined) {
          if (!omitUndefined && !omitNull) picked[key] = null;
        } else if (field !== null) picked[key] = pick(field);
        else if (!omitNull) picked[key] = null;
      }
      checkPicked(picked, source, owner);
      return picked;
    };
    return (value) => pickEach(value, pickObject);
  };
  // Made when needed, since a class may be nested in itself.
  const findPick = (nested: Class): Pick => {
    const known = picks.get(nested) ?? makeFor(nested, () => true);
    picks.set(nested, known);
    return known;
  };
  const makeFieldPick = (field: FieldShape): Pick => {
    const pick = makeValuePick(field);
    return field.isMap ? (value) => pick(readMap(value)) : pick;
  };
  const makeValuePick = ({ name, type: nested, union }: FieldShape): Pick => {
    if (nested !== undefined) return (value) => findPick(nested)(value);
    if (union === undefined) return pickItems;
    const pickMember: Pick = (value) => {
      const source = readJson(value);
      const member = findMember(union, value, source);
      if (typeof source !== 'object' || source === null) return source;
      if (member === undefined)
        throw new TypeError(`The reply does not match its @Returns: ${name} is not a ${listNames(union)}.`);
      const picked = findPick(member.type)(source) as object;
      return member.name === undefined ? picked : { [union.property]: member.name, ...picked };
    };
    return (value) => pickEach(value, pickMember);
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

function pickEach(value: unknown, pick: Pick): unknown {
  if (Array.isArray(value)) return value.map((item) => pickEach(item, pick));
  if (value instanceof Set) return Array.from(value, (item) => pickEach(item, pick));
  if (value instanceof Map)
    return Object.fromEntries(Array.from(value, ([key, item]) => [String(key), pickEach(item, pick)]));
  return pick(value);
}

function readMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return value instanceof Map ? value : new Map(Object.entries(value));
}

/** JSON has neither a Set nor a Map. */
function pickItems(value: unknown): unknown {
  return value instanceof Set || value instanceof Map ? pickEach(value, (item) => item) : value;
}

/** A promise has none of the fields, and would be sent as {}. */
function checkSettled(source: object, { name }: Class): void {
  if (typeof (source as { readonly then?: unknown }).then === 'function')
    throw new TypeError(
      `The reply does not match its @Returns: a promise takes the place of ${name}. Await it.`,
    );
}

/** A Date, an Error or the like has none of the fields either. */
function checkPicked(picked: object, source: object, { name }: Class): void {
  for (const _ in picked) return;
  const tag = Object.prototype.toString.call(source).slice(8, -1);
  if (tag === 'Object') return;
  throw new TypeError(
    `The reply does not match its @Returns: a value of type ${tag} takes the place of ${name}.`,
  );
}

function readJson(value: unknown): unknown {
  const { toJSON } = (value ?? {}) as { readonly toJSON?: unknown };
  return typeof toJSON === 'function' ? (toJSON.call(value, '') as unknown) : value;
}
