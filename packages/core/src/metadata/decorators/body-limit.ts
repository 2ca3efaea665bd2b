import { writeRecord } from '../write-record';

/** The most bytes a request body may have, on a class or a route; default 1 MiB (1048576). More is answered with 413. */
export function BodyLimit(maximumBytes: number): ClassDecorator & MethodDecorator {
  return (target: object, property?: string | symbol) =>
    writeRecord('body-limit', maximumBytes, target, property);
}
