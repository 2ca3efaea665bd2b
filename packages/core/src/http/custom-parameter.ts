import type { Context } from './context';

/**
 * Asks for what another parameter decorator reads, in this request: read once, however often it is asked for.
 * What is read asynchronously comes as a value or as a promise: `await` it.
 */
export type Use = <Value, Data>(
  parameter: CustomParameter<Value, Data>,
  ...data: DataOf<NoInfer<Data>>
) => Used<Value>;

/** What `use` gives: a synchronous value as it is, anything else to be awaited. */
export type Used<Value> =
  Value extends AsyncGenerator<infer Item>
    ? Item | Promise<Item>
    : Value extends Generator<infer Item>
      ? Item
      : Value extends PromiseLike<infer Item>
        ? Item | Promise<Item>
        : Value;

/** How a parameter of your own is read; a generator gives its one value, and goes on after the reply. */
export type ReadCustom<Value = unknown, Data = unknown> = (context: Context, use: Use, data: Data) => Value;

/** What the decorator is called with. */
export type DataOf<Data> = undefined extends Data ? [data?: Data] : [data: Data];

/** A parameter decorator of your own. Its identity is what `use`, the cache of a request and overrides go by. */
export interface CustomParameter<Value = unknown, Data = unknown> {
  (...data: DataOf<Data>): ParameterDecorator;
  readonly parameterName: string;
  readonly read: ReadCustom<Value, Data>;
  readonly needs?: string | undefined;
}

/** Any parameter decorator of your own. */
export type AnyCustomParameter = CustomParameter<unknown, never>;

/** One use of a decorator, with its data. A function, so that the plan's JSON leaves it out. */
export interface CustomRead {
  (context: Context, use: Use): unknown;
  readonly parameter: AnyCustomParameter;
  readonly data: unknown;
}
