import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Class } from '../../http/class';
import type { Fields, ReturningMethod } from '../checked-returns';
import { metadata } from '../metadata';
import { checkReturnsOptions, type ReplyType, type ReturnsOptions } from '../returns-options';

/**
 * Reduces what a route returns to a type: to the fields of a class that have a rule, nested ones by `@Type`, or to the
 * output of a Standard Schema. This includes `json()`, `created()`, and each item of `jsonLines()` and of an event
 * stream, but not errors and replies other than JSON.
 *
 * The compiler checks that what the method returns has the fields of the class, or is an input of the schema.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 * @example @Get('/:id') @Returns(PublicUser) show(@Param('id') id: number) { return this.users.find(id); }
 */
export function Returns<T>(
  type: readonly [Class<T>],
  options?: ReturnsOptions<T>,
): ReturnsDecorator<readonly Fields<T>[]>;
export function Returns<T, Each extends boolean = false>(
  type: Class<T>,
  options?: ReturnsOptions<T> & { readonly each?: Each },
): ReturnsDecorator<Each extends true ? readonly Fields<T>[] : Fields<T>>;
export function Returns<Input, T, Each extends boolean = false>(
  schema: StandardSchemaV1<Input, T>,
  options?: ReturnsOptions<T> & { readonly each?: Each },
): ReturnsDecorator<Each extends true ? readonly Input[] : Input>;
export function Returns(type: ReplyType, options: object = {}): ReturnsDecorator<unknown> {
  checkReturnsOptions(options);
  return (prototype, property) => metadata.returns.write({ type, options: options }, prototype, property);
}

/** Decorates only methods whose result fits. */
type ReturnsDecorator<Value> = <Method extends ReturningMethod<Value>>(
  prototype: object,
  property: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;
