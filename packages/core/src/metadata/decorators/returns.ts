import { metadata } from '../metadata';
import {
  checkReturnsOptions,
  type ReplyType,
  type ReturnsOptions,
  type ReturnsRecord,
} from '../returns-options';

/**
 * Reduces what a route returns to a type: to the fields of a class that have a rule, nested ones by `@Type`, or to the
 * output of a Standard Schema. This includes `json()`, `created()`, and each item of `jsonLines()` and of an event
 * stream, but not errors and replies other than JSON.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 * @example @Get('/:id') @Returns(PublicUser) show(@Param('id') id: number) { return this.users.find(id); }
 */
export function Returns<T>(type: ReplyType<T>, options: ReturnsOptions<T> = {}): MethodDecorator {
  checkReturnsOptions(options);
  return (prototype, property) =>
    metadata.returns.write({ type, options: options as ReturnsRecord['options'] }, prototype, property);
}
