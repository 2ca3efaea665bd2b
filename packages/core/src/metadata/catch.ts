import type { ErrorFilter, ErrorHandler } from '../http/error-handler';
import { noteProperty } from './note-property';
import { prependOwn } from './store';

/**
 * Handles errors of one class (and its subclasses), or of one status.
 * Alone on a method of a controller, that method handles the errors of the class's routes: it is called
 * with the error and the context, and what it returns is the reply. With a handler given, it stands on a
 * controller or on a route. The nearest handler wins, then a status, then the most derived class.
 *
 * @example @Catch(NoteMissing) onMissing(error: NoteMissing) { return notFound(error.message); }
 */
export function Catch(error: ErrorFilter, handle?: ErrorHandler['handle']): ClassDecorator & MethodDecorator {
  return (target: object, property?: string | symbol) => {
    if (property !== undefined) noteProperty(target, property);
    prependOwn('catches', [{ error, handle }], target, property);
  };
}
