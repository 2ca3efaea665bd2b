import type { ErrorFilter, ErrorHandler } from '../../http/error-handler';
import type { AbstractClass } from '../../http/class';
import type { Context } from '../../http/context';
import type { HttpError } from '../../http/status/http-error';
import { metadata } from '../metadata';
import { makeMisplaced, nameMember } from '../misplaced-decorator';

/** The errors that a filter selects. An error without a status counts as 500. */
type CaughtError<Filter> =
  Filter extends AbstractClass<infer Caught>
    ? Caught
    : Filter extends 500
      ? Error
      : number extends Filter
        ? Error
        : HttpError;

/** Decorates only methods that take the error. */
type CatchDecorator<Caught> = <Method extends (error: Caught, context: Context) => unknown>(
  prototype: object,
  property: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/**
 * Handles the errors of one class and its subclasses, or of one status.
 *
 * Without a handler, the decorated method handles the errors of all routes of its class: it receives the error and the
 * context, and what it returns is the reply. With a handler, the decorator belongs on a controller or a route. The
 * nearest handler wins, then one for the status, then the one for the most derived class. The reply keeps the status
 * and the headers of the error unless it sets its own.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED on a class without a handler
 * @example @Catch(NoteMissing) onMissing(error: NoteMissing) { return notFound(error.message); }
 */
export function Catch<const Filter extends ErrorFilter>(error: Filter): CatchDecorator<CaughtError<Filter>>;
export function Catch<const Filter extends ErrorFilter>(
  error: Filter,
  handle: (error: CaughtError<Filter>, context: Context) => unknown,
): ClassDecorator & MethodDecorator;
export function Catch(error: ErrorFilter, handle?: ErrorHandler['handle']) {
  return (target: object, property?: string | symbol) => {
    if (property === undefined && handle === undefined) {
      const fault = '@Catch on a class needs a handler.';
      const cure = 'Write @Catch(ErrorClass, (error) => …), or put it on a method.';
      throw makeMisplaced(nameMember(target, undefined), fault, cure);
    }
    metadata.catches.prepend([{ error, handle }], target, property);
  };
}
