import { checkCalled } from '../check-called';
import { makeMisplaced, nameMember } from '../misplaced';
import { prependOwn } from '../store';

/** The two ends of a life. */
export type LifeEnd = 'start' | 'stop';

function makeLifeDecorator(end: LifeEnd, name: string): () => MethodDecorator {
  return (...given) => {
    checkCalled(name, given);
    return (prototype, property) => {
      if (typeof prototype === 'function') {
        const fault = `@${name} stands on a static method.`;
        throw makeMisplaced(
          nameMember(prototype, property),
          fault,
          'Put it on a method of what the container makes.',
        );
      }
      prependOwn(end, [property], prototype);
    };
  };
}

/**
 * Runs the method once, before the application listens and before the first `inject`: what the class depends on has
 * started by then. On controllers, middleware classes and everything else that the container makes once. May return a
 * promise; where it fails, what has started is stopped again and `listen` rejects.
 */
export const OnStart = makeLifeDecorator('start', 'OnStart');

/**
 * Runs the method once when the application closes, after its last request: what depends on the class has stopped by
 * then. May return a promise; where it fails that is logged, and the rest still stops.
 */
export const OnStop = makeLifeDecorator('stop', 'OnStop');
