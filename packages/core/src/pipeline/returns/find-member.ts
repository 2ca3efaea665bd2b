import type { Class } from '../../http/class';
import type { UnionShape } from '../../plan/steps';

/** A class of a union, with the name that values have in the discriminating property. */
export interface Member {
  readonly type: Class;
  /** Undefined for the class of values that name none. */
  readonly name: unknown;
}

/** Finds the class of a value: that of the instance, else the one that the value names, else that of all others. */
export function findMember(
  { property, types, base }: UnionShape,
  value: unknown,
  source: unknown,
): Member | undefined {
  const members = Array.from(types, ([name, type]): Member => ({ name, type }));
  const fitting = members.filter(({ type }) => value instanceof type);
  // The most derived class: the parent of another one is not it.
  const own = fitting.find(({ type }) => !fitting.some((other) => other.type.prototype instanceof type));
  if (own !== undefined) return own;
  const name: unknown = (source as Readonly<Record<string, unknown>> | null)?.[property];
  const named = types.get(name);
  if (named !== undefined) return { name, type: named };
  return base === undefined ? undefined : { name: undefined, type: base };
}

/** The names of the classes, for a sentence. */
export function listNames({ types }: UnionShape): string {
  return Array.from(types.values(), ({ name }) => name).join(' or ');
}
