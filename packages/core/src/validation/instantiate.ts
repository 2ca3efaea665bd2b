import type { Class } from '../http/class';
import type { FindClassPlan } from './class-plan';
import { checkDepth, refuseDepth } from './depth';
import type { Findings } from './findings';

/** What is the same for every object of one validation. */
export interface Making {
  readonly find: FindClassPlan;
  readonly findings: Findings;
  readonly refusesUnknown: boolean;
}

/**
 * Makes an instance with the class's own constructor and gives it the properties that have rules, nothing else: what
 * the class itself sets stays where a key is absent. Other keys are errors, or left away.
 */
export function instantiate(type: Class, plain: object, levels: number, making: Making): object {
  const instance = new type() as Record<string, unknown>;
  const settable = making.find(type)?.settable;
  for (const key of Object.keys(plain)) {
    const property = settable?.get(key);
    if (property === undefined) {
      if (making.refusesUnknown) making.findings.addUnknownKey(key);
      continue;
    }
    const value = (plain as Record<string, unknown>)[key];
    instance[key] = convert(property.type, value, key, levels - 1, making);
  }
  return instance;
}

/** What stands under a key or index, made into what `@Type` says. */
function convert(
  type: unknown,
  value: unknown,
  key: string | number,
  levels: number,
  making: Making,
): unknown {
  if (typeof value !== 'object' || value === null) return convertPrimitive(type, value);
  const { path } = making.findings;
  path.push(key);
  const converted = convertObject(type, value, levels, making);
  path.pop();
  return converted;
}

/** An object or a list, as `@Type` says; without a type it stays what it is. */
function convertObject(type: unknown, value: object, levels: number, making: Making): unknown {
  if (type === undefined || (PRIMITIVES.has(type) && !Array.isArray(value))) {
    checkDepth(value, levels, making.findings.part);
    return value;
  }
  if (levels === 0) throw refuseDepth(making.findings.part);
  if (!Array.isArray(value)) return instantiate(type as Class, value, levels, making);
  return value.map((item: unknown, index) => convert(type, item, index, levels - 1, making));
}

/** The built-in types that `@Type` can name. Only what is no object is made into them: `String({})` says nothing. */
const PRIMITIVES: ReadonlyMap<unknown, (value: unknown) => unknown> = new Map<
  unknown,
  (value: unknown) => unknown
>([
  [String, String],
  [Number, Number],
  [Boolean, Boolean],
  [Date, (value) => new Date(value as string)],
]);

/** Answers whether values are made into the type without class-transformer. */
export function isPrimitiveType(type: unknown): boolean {
  return PRIMITIVES.has(type);
}

function convertPrimitive(type: unknown, value: unknown): unknown {
  if (type === undefined || value === undefined || value === null) return value;
  const make = PRIMITIVES.get(type);
  return make === undefined ? value : make(value);
}
