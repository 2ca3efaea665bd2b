import { metadata } from '../metadata';
import { checkCalled, checkOnMethod } from '../misplaced-decorator';

function makeLifeDecorator(end: 'start' | 'stop', name: string): () => MethodDecorator {
  return (...given) => {
    checkCalled(name, given);
    return (prototype, property, descriptor) => {
      checkOnMethod(`@${name}`, prototype, property, descriptor);
      metadata[end].append(property, prototype);
    };
  };
}

/**
 * Runs the method once, before the application listens and before the first `inject`. By then, the dependencies of its
 * class have started. Several methods of a class run one after the other in the order written, those of its parent
 * first. It works on controllers, middleware classes and everything else that the container makes once. The method may
 * return a promise. If it fails, what has started is stopped again, and `listen` rejects.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED on something that is not a method of an instance, and without its parentheses
 * @example @OnStart() async connect() { await this.client.connect(); }
 */
export const OnStart = makeLifeDecorator('start', 'OnStart');

/**
 * Runs the method once when the application closes, after its last request. By then, everything that depends on its
 * class has stopped. Several methods of a class run in reverse order. The method may return a promise. If it fails, the
 * error is logged and the rest still stops.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED on something that is not a method of an instance, and without its parentheses
 * @example @OnStop() async disconnect() { await this.client.quit(); }
 */
export const OnStop = makeLifeDecorator('stop', 'OnStop');
