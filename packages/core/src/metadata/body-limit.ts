import { noteProperty } from './note-property';
import { writeOwn } from './store';

/** The most bytes a request body may have, on a class or a route; default 1 MiB (1048576). More is answered with 413. */
export function BodyLimit(maximumBytes: number): ClassDecorator & MethodDecorator {
  return (target: object, property?: string | symbol) => {
    if (property !== undefined) noteProperty(target, property);
    writeOwn('body-limit', maximumBytes, target, property);
  };
}
