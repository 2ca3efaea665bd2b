// The options that a controller without a class and its routes have in common.
import { describeUnknownOption } from '../../../configuration/check-options';
import { nameValue } from '../../../configuration/given-value';
import type { Problems } from '../../../configuration/problems';
import type { ErrorHandler } from '../../../http/error-handler';
import type { RouteSpec } from '../../../metadata/plain/route-spec';
import { makeSkip } from '../../../metadata/skip-record';
import type { CatchPlan } from '../../plan';
import type { WrittenMiddleware } from '../../route-definition';
import { checkFilter } from '../read-catches';
import type { Scope } from '../../steps';
import { isTable } from './is-table';

/** Reports the keys that do not exist; any other value counts as an empty table. */
export function checkKeys<Table extends object>(
  given: Table,
  known: readonly string[],
  place: string,
  problems: Problems,
): Table {
  const value: unknown = given;
  if (!isTable(value)) {
    problems.add('OPTION_INVALID', place, `${nameValue(value)} is not a table of options.`, 'Write { … }.');
    return {} as Table;
  }
  for (const key of Object.keys(given))
    if (!known.includes(key)) problems.addFault('OPTION_UNKNOWN', place, describeUnknownOption(key, known));
  if ('name' in given && given.name !== undefined && typeof given.name !== 'string')
    problems.add('OPTION_INVALID', place, 'name must be a string.', "Write name: 'show'.");
  return given;
}

/** Reads the names in `skipMiddleware`, which run nothing, and the middleware in `use`. */
export function readMiddleware(
  { use = [], skipMiddleware = [] }: Pick<RouteSpec, 'use' | 'skipMiddleware'>,
  scope: Scope,
  place: string,
  problems: Problems,
): WrittenMiddleware[] {
  if (![use, skipMiddleware].every((list: unknown) => Array.isArray(list))) {
    const fault = 'use and skipMiddleware must be lists.';
    problems.add('MIDDLEWARE_INVALID', place, fault, "Write use: [ … ] and skipMiddleware: ['name'].");
    return [];
  }
  const listed: readonly WrittenMiddleware['middleware'][] = [...skipMiddleware.map(makeSkip), ...use];
  return listed.map((middleware) => ({ scope, middleware, place }));
}

/** Reads `errorHandlers`, as those of an application. */
export function readErrorHandlers(
  { errorHandlers = [] }: Pick<RouteSpec, 'errorHandlers'>,
  scope: Scope,
  place: string,
  problems: Problems,
): CatchPlan[] {
  const listed: unknown = errorHandlers;
  if (Array.isArray(listed) && listed.every(isErrorHandler))
    return listed.flatMap((one) =>
      checkFilter(one.error, place, problems)
        ? [{ scope, error: one.error, handle: one.handle.bind(one) }]
        : [],
    );
  const fault = 'errorHandlers must be a list of { error, handle }.';
  const cure = 'Write errorHandlers: [{ error: ErrorClass, handle: (error, context) => … }].';
  problems.add('ERROR_HANDLER_INVALID', place, fault, cure);
  return [];
}

function isErrorHandler(value: unknown): value is ErrorHandler {
  return typeof (value as Partial<ErrorHandler> | null | undefined)?.handle === 'function';
}
