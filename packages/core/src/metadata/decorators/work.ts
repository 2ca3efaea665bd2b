import { metadata } from '../metadata';
import { makeMisplaced, nameMember } from '../misplaced-decorator';
import type { WorkRecord } from '../records';

/**
 * For packages with a service: makes a decorator for methods that the service calls, of every class that the container
 * makes once. The service finds them in `prepare`.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED on a static method, when the decorator is applied
 * @example const Daily = () => makeWorkDecorator({ decorator: '@Daily', service: 'daily', options: {} });
 */
export function makeWorkDecorator(record: WorkRecord): MethodDecorator {
  return (prototype, property) => {
    if (typeof prototype === 'function') {
      const cure = 'Put it on a method of an instance that the container makes.';
      throw makeMisplaced(
        nameMember(prototype, property),
        `${record.decorator} is on a static method.`,
        cure,
      );
    }
    metadata.work.append(Object.freeze({ ...record, property }), prototype);
  };
}
