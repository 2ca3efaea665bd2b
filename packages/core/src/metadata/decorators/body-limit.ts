import { metadata } from '../metadata';

/**
 * Limits the size of request bodies, in bytes, on a class or a route. Default: the application's `bodyLimit`, 1 MiB
 * (1048576). A larger body is answered with 413.
 *
 * @example @Post() @BodyLimit(10_000) create(@Body() note: CreateNote) { … }
 */
export function BodyLimit(maximumBytes: number): ClassDecorator & MethodDecorator {
  return (target: object, property?: string | symbol) =>
    metadata.bodyLimit.write(maximumBytes, target, property);
}
