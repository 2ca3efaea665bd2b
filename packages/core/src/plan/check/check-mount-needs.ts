import type { Problems } from '../../configuration/problems';
import type { ScopedMiddleware } from '../plan-input';

/** The name of a middleware, and the words that it provides. */
export function listWords({ middleware: { name, provides = [] } }: ScopedMiddleware): readonly string[] {
  return [name, ...provides];
}

/** Reports what a mounted application needs and the middleware around it does not provide. */
export function checkMountNeeds(
  needs: readonly string[] = [],
  path: string,
  provided: readonly string[],
  problems: Problems,
): void {
  for (const word of needs) {
    if (provided.includes(word)) continue;
    problems.add(
      'MIDDLEWARE_MISSING',
      `app.mount(${JSON.stringify(path)})`,
      `The mounted application needs ${JSON.stringify(word)}, but no middleware of the outer one has that name or provides it.`,
      'Add the middleware to the createApp of the outer application, or remove the word from needs.',
    );
  }
}
