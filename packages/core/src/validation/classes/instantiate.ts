import type { TypeHelpOptions } from 'class-transformer';
import type { Class } from '../../http/class';
import { HttpError } from '../../http/status/http-error';
import { isDeeper, TOO_DEEP } from '../check-depth';
import type { CheckOptions } from './check-object';
import type { ClassPlan, PropertyPlan } from './class-plan';
import { runTransforms } from './conversion';
import { fitsShape } from './declared-shape';
import type { NamedType } from './named-type';

/** The same for every object of one validation. */
export interface InstantiateOptions extends CheckOptions {
  readonly groups: readonly string[] | undefined;
}

/**
 * Calls the constructor of the class and sets the properties that have rules and were sent. All others keep the value
 * that the class gives them. Other keys are errors, or ignored. Leaves the rest out once the findings are full.
 *
 * @param known a key without a rule that is not an error
 * @throws TOO_DEEP where objects and lists are nested more than `levels` deep; what constructors and setters throw
 */
export function instantiate(
  type: Class,
  plain: object,
  levels: number,
  options: InstantiateOptions,
  known?: string,
): object {
  const { find, findings, refusesUnknown, made } = options;
  const plan = find(type);
  const instance = new type() as object;
  made?.set(instance, new Set());
  for (const key of Object.keys(plain)) {
    const property = plan?.settable.get(key);
    if (property !== undefined) setProperty(instance, property, plain, levels, options);
    else if (refusesUnknown && key !== known && plan?.dropped.has(key) !== true) findings.addUnknownKey(key);
    if (findings.isFull) return instance;
  }
  if (plan !== undefined) setExposed(instance, plan, plain, levels, options);
  return instance;
}

/** Lets `@Transform` make the properties with `@Expose` that were not sent and that have no default. */
function setExposed(
  instance: object,
  { exposed }: ClassPlan,
  plain: object,
  levels: number,
  options: InstantiateOptions,
): void {
  for (const property of exposed) {
    const isMissing = !Object.hasOwn(plain, property.conversion.key);
    if (isMissing && (instance as Values)[property.name] === undefined)
      setProperty(instance, property, plain, levels, options);
  }
}

type Values = Record<string, unknown>;

/** The part of a property that says how values are converted. */
type Source = Pick<PropertyPlan, 'named' | 'primitive' | 'isNested'>;

const UNTYPED: Source = { named: undefined, primitive: undefined, isNested: false };

function setProperty(
  instance: object,
  property: PropertyPlan,
  plain: object,
  levels: number,
  options: InstantiateOptions,
): void {
  const { name, conversion } = property;
  const sent = (plain as Values)[conversion.key];
  // A value of the wrong shape is an error, so nothing below it is looked at.
  const source = fitsShape(property.shape, sent) ? property : UNTYPED;
  if (conversion.transforms.length === 0 && (typeof sent !== 'object' || sent === null)) {
    (instance as Values)[name] = convertPlain(source, sent);
    return;
  }
  const given = { newObject: instance, object: plain, property: name };
  const value = makeValue(source, sent, given, conversion.key, levels - 1, options);
  if (conversion.transforms.length === 0) (instance as Values)[name] = value;
  else transform(property, value, given, options);
}

/** An error of a `@Transform` is one about the value, and the rules of the property have nothing to check then. */
function transform(
  { name, conversion }: PropertyPlan,
  value: unknown,
  { newObject, object }: TypeHelpOptions,
  { findings, groups, made }: InstantiateOptions,
): void {
  let transformed: unknown;
  try {
    transformed = runTransforms(conversion, value, name, object, groups);
  } catch (error) {
    if (error instanceof HttpError) throw error;
    findings.path.push(conversion.key);
    findings.addThrown(error, 'transform', () => 'must be convertible to the expected type');
    findings.path.pop();
    made?.get(newObject as object)?.add(name);
    return;
  }
  (newObject as Values)[name] = transformed;
}

/** Converts the value of a property. A list fills the Set, and an object the Map, that the property is declared as. */
function makeValue(
  source: Source,
  value: unknown,
  given: TypeHelpOptions,
  key: string | number,
  levels: number,
  options: InstantiateOptions,
): unknown {
  const collection = source.named?.collection;
  if (collection !== Map || typeof value !== 'object' || value === null) {
    const converted = convert(source, value, given, key, levels, options);
    return collection !== undefined && Array.isArray(converted) ? fill(collection, converted) : converted;
  }
  if (levels === 0) throw TOO_DEEP;
  const map = new Map<string, unknown>();
  options.findings.path.push(key);
  for (const [name, item] of Object.entries(value)) {
    if (options.findings.isFull) break;
    map.set(name, convert(source, item, given, name, levels - 1, options));
  }
  options.findings.path.pop();
  return map;
}

function fill(collection: Class, items: readonly unknown[]): unknown {
  if (collection === Set) return new Set(items);
  const list = new collection() as unknown[];
  for (const item of items) list.push(item);
  return list;
}

/** Converts the value of a key or index to the type that `@Type` names. */
function convert(
  source: Source,
  value: unknown,
  given: TypeHelpOptions,
  key: string | number,
  levels: number,
  options: InstantiateOptions,
): unknown {
  if (typeof value !== 'object' || value === null) return convertPlain(source, value);
  const { path } = options.findings;
  path.push(key);
  const converted = convertObject(source, value, given, levels, options);
  path.pop();
  return converted;
}

/** Converts a value that is not an object. */
function convertPlain({ primitive }: Source, value: unknown): unknown {
  return value === undefined || value === null ? value : (primitive?.convert(value) ?? value);
}

/** An object or a list stays as it is if `@Type` names no type for it, or a class whose rules are not checked. */
function convertObject(
  source: Source,
  value: object,
  given: TypeHelpOptions,
  levels: number,
  options: InstantiateOptions,
): unknown {
  const { named, primitive, isNested } = source;
  const isList = Array.isArray(value);
  if (named === undefined || !(primitive === undefined ? isNested : isList)) {
    if (isDeeper(value, levels)) throw TOO_DEEP;
    return value;
  }
  if (levels === 0) throw TOO_DEEP;
  if (!isList) {
    const type = (named.fixed ?? named.choose(value, given)) as Class;
    return instantiate(type, value, levels, options, findKnownKey(named));
  }
  const items: unknown[] = [];
  for (let index = 0; index < value.length && !options.findings.isFull; index++)
    items.push(convert(source, value[index], given, index, levels - 1, options));
  return items;
}

/** The property that names the class of a value is not one of the class, unless `@Type` keeps it. */
function findKnownKey({ discriminator }: NamedType): string | undefined {
  return discriminator?.isKept === false ? discriminator.property : undefined;
}
