import type { Class } from '../../http/class';
import { isDeeper, TOO_DEEP } from '../check-depth';
import type { FindClassPlan } from './class-plan';
import type { Findings } from '../findings';
import { fitsShape } from './declared-shape';
import { findPrimitiveType } from './primitive-types';

/** The same for every object of one validation. */
export interface InstantiateOptions {
  readonly find: FindClassPlan;
  readonly findings: Findings;
  readonly refusesUnknown: boolean;
}

/**
 * Calls the constructor of the class and sets the properties that have rules and were sent. All others keep the value
 * that the class gives them. Other keys are errors, or ignored. Leaves the rest out once the findings are full.
 *
 * @throws TOO_DEEP where objects and lists are nested more than `levels` deep
 */
export function instantiate(
  owner: Class,
  plain: object,
  levels: number,
  options: InstantiateOptions,
): object {
  const instance = new owner() as Record<string, unknown>;
  const settable = options.find(owner)?.settable;
  for (const key of Object.keys(plain)) {
    const property = settable?.get(key);
    if (property === undefined) {
      if (options.refusesUnknown) options.findings.addUnknownKey(key);
      if (options.findings.isFull) break;
      continue;
    }
    const value = (plain as Record<string, unknown>)[key];
    const type = fitsShape(property.shape, value) ? property.type : undefined;
    instance[key] = convert(type, value, key, levels - 1, options);
  }
  return instance;
}

/** Converts the value of a key or index to the type that `@Type` names. */
function convert(
  type: unknown,
  value: unknown,
  key: string | number,
  levels: number,
  options: InstantiateOptions,
): unknown {
  if (typeof value !== 'object' || value === null) return convertPrimitive(type, value);
  const { path } = options.findings;
  path.push(key);
  const converted = convertObject(type, value, levels, options);
  path.pop();
  return converted;
}

/** Without a type, an object or a list stays as it is. */
function convertObject(type: unknown, value: object, levels: number, options: InstantiateOptions): unknown {
  if (type === undefined || (findPrimitiveType(type) !== undefined && !Array.isArray(value))) {
    if (isDeeper(value, levels)) throw TOO_DEEP;
    return value;
  }
  if (levels === 0) throw TOO_DEEP;
  if (!Array.isArray(value)) return instantiate(type as Class, value, levels, options);
  const items: unknown[] = [];
  for (let index = 0; index < value.length && !options.findings.isFull; index++)
    items.push(convert(type, value[index], index, levels - 1, options));
  return items;
}

function convertPrimitive(type: unknown, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  return findPrimitiveType(type)?.convert(value) ?? value;
}
