import { writeOwn } from './store';

/**
 * Makes a class a controller: its routes' paths begin with `prefix`.
 *
 * @example @Controller('/notes') class NotesController { … }
 */
export function Controller(prefix = '/'): ClassDecorator {
  return (type) => writeOwn('controller', prefix, type);
}
