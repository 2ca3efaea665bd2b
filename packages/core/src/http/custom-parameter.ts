import type { Context } from './context';
import type { StepDescription } from './description/step-description';

/**
 * Reads another parameter decorator in this request. Each is read once per request, however often it is used. The
 * result of an asynchronous one is a value or a promise, so `await` it.
 */
export type Use = <Value, Data>(
  parameter: CustomParameter<Value, Data>,
  ...data: DataOf<NoInfer<Data>>
) => Used<Value>;

/** The result of `use`: the value of a synchronous reader, a value or a promise of an asynchronous one. */
export type Used<Value> =
  Value extends AsyncGenerator<infer Item>
    ? Item | Promise<Item>
    : Value extends Generator<infer Item>
      ? Item
      : Value extends PromiseLike<infer Item>
        ? Item | Promise<Item>
        : Value;

/** Reads a parameter of your own. A generator yields the value once, and continues after the reply. */
export type ReadCustom<Value = unknown, Data = unknown> = (context: Context, use: Use, data: Data) => Value;

/** The arguments of the decorator. */
export type DataOf<Data> = undefined extends Data ? [data?: Data] : [data: Data];

/** A parameter decorator of your own. `use`, the cache of a request and overrides identify it by reference. */
export interface CustomParameter<Value = unknown, Data = unknown> {
  (...data: DataOf<Data>): ParameterDecorator;
  readonly parameterName: string;
  readonly read: ReadCustom<Value, Data>;
  readonly needs?: string | undefined;
  readonly describes?: StepDescription | undefined;
}

/** Any parameter decorator of your own. */
export type AnyCustomParameter = CustomParameter<unknown, never>;

/** One use of a decorator, with its data. It is a function, so that the JSON of the plan leaves it out. */
export interface CustomRead {
  (context: Context, use: Use): unknown;
  readonly parameter: AnyCustomParameter;
  readonly data: unknown;
}
