import { metadata } from '../metadata';
import { checkOnMethod } from '../misplaced-decorator';
import type { WorkRecord } from '../records';

/**
 * For packages with a service: makes a decorator for methods that the service calls, of every class that the container
 * makes once. The service finds them in `prepare`.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED on something that is not a method of an instance, when the decorator is applied
 * @example const Daily = () => makeWorkDecorator({ decorator: '@Daily', service: 'daily', options: {} });
 */
export function makeWorkDecorator(record: WorkRecord): MethodDecorator {
  return (prototype, property, descriptor) => {
    checkOnMethod(record.decorator, prototype, property, descriptor);
    metadata.work.append(Object.freeze({ ...record, property }), prototype);
  };
}
