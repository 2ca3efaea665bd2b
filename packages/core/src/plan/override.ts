import type { AnyCustomParameter, CustomParameter, ReadCustom } from '../http/custom-parameter';

/** Another way to read a parameter decorator, in one application. */
export interface ParameterOverride {
  readonly parameter: AnyCustomParameter;
  readonly read: ReadCustom<unknown, never>;
}

/** The overrides of an application, by the parameter that they override. */
export type Overrides = ReadonlyMap<AnyCustomParameter, ReadCustom<unknown, never>>;

/** The results that an override may return: a plain value also where the decorator itself returns a promise or a generator. */
type Replacement<Value> =
  Value extends AsyncGenerator<infer Item>
    ? Item | Promise<Item> | AsyncGenerator<Item>
    : Value extends Generator<infer Item>
      ? Item | Generator<Item>
      : Value extends PromiseLike<infer Item>
        ? Item | Promise<Item> | AsyncGenerator<Item>
        : Value | Generator<Value>;

/**
 * Makes a parameter decorator read another value in one application, for tests. The middleware that the decorator
 * needs may then be left out.
 *
 * @example createApp({ controllers: [NotesController], overrides: [override(CurrentUser, () => ({ name: 'ada' }))] })
 */
export function override<Value, Data>(
  parameter: CustomParameter<Value, Data>,
  read: ReadCustom<Replacement<Value>, Data>,
): ParameterOverride {
  return { parameter, read };
}

/** Answers whether a value is an override of a parameter decorator, and not a provider. */
export function isParameterOverride(value: unknown): value is ParameterOverride {
  return typeof value === 'object' && value !== null && 'parameter' in value;
}

/** Puts the overrides into a map. If two override the same parameter, the later one counts. */
export function readOverrides(listed: readonly ParameterOverride[]): Overrides {
  return new Map(listed.map(({ parameter, read }) => [parameter, read]));
}
