import { nameValue } from '../../../configuration/given-value';
import type { Problems } from '../../../configuration/problems';
import { isControllerRoute, type PlainController } from '../../../metadata/plain/plain-controller';
import type { GroupOptions } from '../../../metadata/plain/route-spec';
import type { RouteDefinition } from '../../route-definition';
import { placeMarks } from '../read-marks';
import { checkKeys, readErrorHandlers, readMiddleware } from './read-shared-options';
import { readSpecRoute } from './read-spec-route';

const GROUP_KEYS: readonly string[] = [
  'use',
  'skipMiddleware',
  'tags',
  'version',
  'host',
  'errorHandlers',
  'marks',
  'bodyLimit',
  'name',
] satisfies (keyof GroupOptions)[];

/** Names a controller without a class in messages: `controller('/notes')`, if it has no name of its own. */
export function nameController({ path, options }: PlainController): string {
  const name: unknown = (options as Partial<GroupOptions> | undefined)?.name;
  return typeof name === 'string' ? name : `controller('${String(path)}')`;
}

/** Reads a controller without a class into route definitions, the same as those of a class with decorators. Pure. */
export function readPlainController(group: PlainController, problems: Problems): RouteDefinition[] {
  const place = nameController(group);
  const { path, routes } = group;
  const options = checkKeys(group.options, GROUP_KEYS, place, problems);
  if (typeof path !== 'string') {
    const cure = "Write it as a string: controller('/notes', …).";
    problems.add('ROUTE_PATH_INVALID', place, 'The prefix is not a string.', cure);
    return [];
  }
  if (!Array.isArray(routes) || routes.length === 0) {
    const cure = "Return a list of routes: controller('/notes', (r) => [r.get('/', () => …)]).";
    problems.add('CONTROLLER_EMPTY', place, 'The controller has no routes.', cure);
    return [];
  }
  if (options.tags !== undefined && !isWordList(options.tags))
    problems.add('OPTION_INVALID', place, 'tags must be a list of names.', "Write tags: ['notes'].");
  const shared = {
    place,
    options,
    prefix: path,
    middleware: readMiddleware(options, 'controller', place, problems),
    catches: readErrorHandlers(options, 'controller', place, problems),
    marks: placeMarks(options.marks, 'controller', place, problems),
  };
  return (routes as readonly unknown[]).flatMap((route, index) => {
    if (isControllerRoute(route)) return readSpecRoute(route, shared, problems) ?? [];
    const cure = "Write r.get('/', () => …), and plain records in the routes of createApp.";
    problems.add(
      'ROUTE_HANDLER_MISSING',
      `${place}, route ${index}`,
      `${nameValue(route)} is not a route.`,
      cure,
    );
    return [];
  });
}

function isWordList(value: unknown): boolean {
  return Array.isArray(value) && value.every((word) => typeof word === 'string');
}
