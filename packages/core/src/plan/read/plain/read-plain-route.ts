import { describeUnknownOption } from '../../../configuration/check-options';
import { explainGiven, nameValue } from '../../../configuration/given-value';
import type { Problems } from '../../../configuration/problems';
import type { Context } from '../../../http/context';
import type { MiddlewareLike } from '../../../http/middleware';
import type { VersionGiven } from '../../../metadata/controller-options';
import { makeSkip } from '../../../metadata/skip-record';
import type { RouteMethod } from '../../../routing/http-method';
import type { MarkedValue, RouteMarks } from '../../../routing/route-mark';
import { CONTEXT_ARGUMENT } from '../../arguments';
import type { PlanReader } from '../../plan';
import { notePlace, type RouteDefinition } from '../../route-definition';
import { readPlainMarks } from '../read-marks';

/** A route without a class: the plain value that decorators are sugar over. */
export interface PlainRoute {
  readonly method: RouteMethod;
  readonly path: string;
  /** Called with the context; the value that it returns becomes the reply. */
  readonly handler: (context: Context) => unknown;
  /** The hosts that the route answers: `api.example.com`, `*.example.com`, `:tenant.example.com`. Default: every host. */
  readonly host?: string | readonly string[];
  /** Default: `defaultVersion` of the application's `versioning`. */
  readonly version?: VersionGiven;
  /** Runs around this route only, first = outermost. */
  readonly middleware?: readonly MiddlewareLike[];
  /** The names of middleware further out that do not run on it, as `@SkipMiddleware` takes them. */
  readonly skipMiddleware?: readonly string[];
  /** Facts about the route, for middleware that prepares itself for it: `[ROLES.of(['admin'])]`. */
  readonly marks?: readonly MarkedValue[];
  /** Default: the handler function's name. */
  readonly name?: string;
  /** Bytes; default 1 MiB. */
  readonly bodyLimit?: number;
  /** Reads the finished plan at start-up: for a route that answers with what is in it, as a document of the API does. */
  readonly readPlan?: PlanReader;
}

const ROUTE_KEYS: readonly string[] = [
  'method',
  'path',
  'handler',
  'middleware',
  'skipMiddleware',
  'marks',
  'host',
  'version',
  'name',
  'bodyLimit',
  'readPlan',
] satisfies (keyof PlainRoute)[];

/** Reads a plain route into a definition; undefined where it cannot be one. */
export function readPlainRoute(
  route: PlainRoute,
  index: number,
  problems: Problems,
): RouteDefinition | undefined {
  if (typeof route !== 'object' || route === null) {
    const fault = `${nameValue(route)} is not a route.`;
    const cure = explainGiven("Write { method: 'GET', path: '/', handler: (context) => … }.", route);
    problems.add('ROUTE_HANDLER_MISSING', `createApp, routes ${index}`, fault, cure);
    return undefined;
  }
  if (Array.isArray(route)) {
    const cure = 'Write three dots before what makes the list: routes: [...health(), ...openapi({ … })].';
    problems.add('ROUTE_HANDLER_MISSING', `createApp, routes ${index}`, 'A list is not a route.', cure);
    return undefined;
  }
  const { method, path, handler, middleware = [] } = route as Partial<PlainRoute>;
  const place = `${String(method)} ${String(path)}`;
  for (const key of Object.keys(route))
    if (!ROUTE_KEYS.includes(key))
      problems.addFault('OPTION_UNKNOWN', place, describeUnknownOption(key, ROUTE_KEYS));
  if (!Array.isArray(middleware)) {
    const fault = 'The middleware of a route must be a list.';
    problems.add('MIDDLEWARE_INVALID', place, fault, 'Write middleware: [ … ].');
    return undefined;
  }
  if (typeof handler === 'function' && handler.length > 1) {
    const fault = `The handler takes ${handler.length} parameters, but is called with one: the context.`;
    problems.add(
      'ROUTE_HANDLER_MISSING',
      place,
      fault,
      'Write handler: (context) => …, and return the reply.',
    );
    return undefined;
  }
  if (typeof handler === 'function') return defineRoute(route, readPlainMarks(route.marks, place, problems));
  const cure = 'Add handler: (context) => … to the route.';
  problems.add('ROUTE_HANDLER_MISSING', place, 'The route has no handler function.', cure);
  return undefined;
}

function defineRoute(route: PlainRoute, marks: RouteMarks): RouteDefinition {
  const name = route.name ?? (route.handler.name || 'handler');
  const middleware = [...(route.skipMiddleware ?? []).map(makeSkip), ...(route.middleware ?? [])];
  return {
    method: route.method,
    prefix: '',
    path: route.path,
    hosts: notePlace(route.host, name),
    versions: notePlace(route.version, name),
    name,
    stepName: name,
    middleware: middleware.map((one) => ({ scope: 'method', middleware: one, place: name })),
    marks,
    arguments: [CONTEXT_ARGUMENT],
    body: undefined,
    bodyLimit: route.bodyLimit,
    catches: [],
    reply: [],
    origin: undefined,
    run: route.handler,
    readPlan: route.readPlan,
  };
}
