import type { AnyCustomParameter, CustomParameter, ReadCustom } from '../http/custom-parameter';

/** Another way to read a parameter decorator, for one whole application. */
export interface ParameterOverride {
  readonly parameter: AnyCustomParameter;
  readonly read: ReadCustom<unknown, never>;
}

/** What is read otherwise than it was written. */
export type Overrides = ReadonlyMap<AnyCustomParameter, ReadCustom<unknown, never>>;

/** What may be read instead of a value: where the value is to be awaited, also the value itself. */
type Replacement<Value> =
  Value extends AsyncGenerator<infer Item>
    ? Item | Promise<Item> | AsyncGenerator<Item>
    : Value extends Generator<infer Item>
      ? Item | Generator<Item>
      : Value extends PromiseLike<infer Item>
        ? Item | Promise<Item> | AsyncGenerator<Item>
        : Value | Generator<Value>;

/**
 * Has a parameter decorator read otherwise in one application: for tests. The middleware it needs is not needed then.
 *
 * @example createApp({ controllers: [NotesController], overrides: [override(CurrentUser, () => ({ name: 'ada' }))] })
 */
export function override<Value, Data>(
  parameter: CustomParameter<Value, Data>,
  read: ReadCustom<Replacement<Value>, Data>,
): ParameterOverride {
  return { parameter: parameter, read: read };
}

/** Tells an override of a parameter decorator from a provider. */
export function isParameterOverride(value: unknown): value is ParameterOverride {
  return typeof value === 'object' && value !== null && 'parameter' in value;
}

/** The overrides by what they override; of two for the same parameter the later counts. */
export function readOverrides(listed: readonly ParameterOverride[]): Overrides {
  return new Map(listed.map(({ parameter, read }) => [parameter, read]));
}
