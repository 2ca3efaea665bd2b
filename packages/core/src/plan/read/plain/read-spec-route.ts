import type { Problems } from '../../../configuration/problems';
import { isFinalStatus } from '../../../http/status/status';
import type { ControllerRoute } from '../../../metadata/plain/plain-controller';
import type { GroupOptions, RouteSpec } from '../../../metadata/plain/route-spec';
import { hasRest, REST } from '../../../routing/find-rest';
import { joinPrefix } from '../../../routing/join-prefix';
import { listNames } from '../../../routing/parameter-names';
import type { PlacedMark } from '../../../routing/route-mark';
import type { CatchPlan } from '../../plan';
import { notePlace, type RouteDefinition, type WrittenMiddleware } from '../../route-definition';
import type { ReplyStep } from '../../steps';
import { makeMarks, placeMarks } from '../read-marks';
import { readParameters } from '../read-parameters';
import { makeStatus } from '../read-reply';
import { readReturns } from '../read-returns';
import { callWithValues } from './call-with-values';
import { readObjectSpec, reportAt } from './read-object-spec';
import { checkKeys, readErrorHandlers, readMiddleware } from './read-shared-options';
import { readSpecRecords } from './read-spec-records';

const SPEC_KEYS: readonly string[] = [
  'params',
  'query',
  'headers',
  'cookies',
  'body',
  'custom',
  'returns',
  'status',
  'use',
  'skipMiddleware',
  'errorHandlers',
  'marks',
  'bodyLimit',
  'version',
  'name',
] satisfies (keyof RouteSpec)[];

/** The parts that all routes of a controller have. */
export interface SharedParts {
  readonly place: string;
  readonly options: GroupOptions;
  readonly prefix: string;
  readonly middleware: readonly WrittenMiddleware[];
  readonly marks: readonly PlacedMark[];
  readonly catches: readonly CatchPlan[];
}

/** Reads one route of a controller without a class; undefined where it cannot be one. */
export function readSpecRoute(
  { method, path, spec: given, handler }: ControllerRoute,
  { place: owner, options, prefix, middleware, marks, catches }: SharedParts,
  problems: Problems,
): RouteDefinition | undefined {
  const ownName: unknown = (given as Partial<RouteSpec> | null)?.name;
  const own = typeof ownName === 'string' ? ownName : typeof handler === 'function' ? handler.name : '';
  const name = own === '' ? `${owner} ${method} ${String(path)}` : `${owner}.${own}`;
  if (typeof handler !== 'function') {
    const cure = `Write r.${method.toLowerCase()}('/path', { … }, (values, context) => …).`;
    problems.add('ROUTE_HANDLER_MISSING', name, 'The route has no handler function.', cure);
    return undefined;
  }
  const spec = checkKeys(given, SPEC_KEYS, name, problems);
  const pathNames = listPathNames(prefix, path);
  const { names, ...written } = readSpecRecords({ place: name, method, pathNames, spec }, problems);
  const { values, body } = readParameters({ place: name, count: 0, types: undefined, ...written }, problems);
  return {
    method,
    prefix,
    path,
    hosts: notePlace(options.host, owner),
    versions: notePlace(spec.version, name) ?? notePlace(options.version, owner),
    name,
    stepName: own === '' ? 'handler' : own,
    middleware: [...middleware, ...readMiddleware(spec, 'method', name, problems)],
    marks: makeMarks([...marks, ...placeMarks(spec.marks, 'method', name, problems)]),
    arguments: values,
    body,
    bodyLimit: spec.bodyLimit ?? options.bodyLimit,
    catches: [...readErrorHandlers(spec, 'method', name, problems), ...catches],
    reply: readReply(spec, name, problems),
    origin: undefined,
    tags: options.tags,
    run: callWithValues(names, handler as Parameters<typeof callWithValues>[1]),
  };
}

/** The names of the parameters of a path. One that cannot be parsed is reported later. */
function listPathNames(prefix: string, path: unknown): readonly string[] {
  if (typeof path !== 'string') return [];
  const whole = joinPrefix(prefix, path);
  const names = listNames(whole.split('/'));
  return hasRest(whole) ? [...names, REST] : names;
}

function readReply(spec: RouteSpec, place: string, problems: Problems): ReplyStep[] {
  const { status } = spec;
  const isStatus = status === undefined || isFinalStatus(status);
  if (!isStatus) {
    const fault = `The status must be a whole number from 200 to 599, not ${String(status)}.`;
    problems.add('STATUS_INVALID', place, fault, 'Write the status as a number: status: 201.');
  }
  const steps = [makeStatus(isStatus ? status : undefined), readReplyType(spec, place, problems)];
  return steps.flatMap((step) => (step === undefined ? [] : [Object.freeze(step)]));
}

function readReplyType(spec: RouteSpec, place: string, problems: Problems): ReplyStep | undefined {
  if (!Object.hasOwn(spec, 'returns')) return undefined;
  const report = reportAt('RETURNS_INVALID', `${place}, returns`, problems);
  const found = readObjectSpec(spec.returns, 'strip', report);
  if (found === undefined) return undefined;
  const { type, isList } = found;
  return readReturns({ type: isList ? ([type] as never) : type, options: {} }, place, problems, 'returns');
}
