import type { ErrorFilter, ErrorHandler } from '../../http/error-handler';
import { makeMisplaced, nameMember } from '../misplaced';
import { prependRecords } from '../write-record';

/**
 * Handles errors of one class (and its subclasses), or of one status.
 * Alone on a method of a controller, that method handles the errors of the class's routes: it is called
 * with the error and the context, and what it returns is the reply. With a handler given, it stands on a
 * controller or on a route. The nearest handler wins, then a status, then the most derived class.
 * Status and headers of the error stay unless the reply has others.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED on a class without a handler
 * @example @Catch(NoteMissing) onMissing(error: NoteMissing) { return notFound(error.message); }
 */
export function Catch(error: ErrorFilter, handle?: ErrorHandler['handle']): ClassDecorator & MethodDecorator {
  return (target: object, property?: string | symbol) => {
    if (property === undefined && handle === undefined) {
      const fault = '@Catch stands on a class and has no handler.';
      const cure = 'Give it one, @Catch(ErrorClass, (error) => …), or put it on a method.';
      throw makeMisplaced(nameMember(target, undefined), fault, cure);
    }
    prependRecords('catches', [{ error, handle }], target, property);
  };
}
