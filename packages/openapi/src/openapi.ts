import { routeMark, type MiddlewareLike, type PlainRoute, type RouteMark } from '@sluice/core';
import { checkOptions, isListOption, type OptionRule } from '@sluice/core/kit';
import { DOCUMENT_RULES, type DocumentOptions } from './openapi-options';
import { OPERATION } from './operation';
import { ServedDocument } from './served-document';

/** Options of `openapi`. */
export interface OpenApiOptions extends DocumentOptions {
  /** The path of the document, without `.json` and `.yaml`. Default: `/openapi`. */
  readonly path?: string;
  /** Runs around the two routes, first = outermost: a guard. Default: nothing. */
  readonly middleware?: readonly MiddlewareLike[];
  /** The names of middleware further out that do not run on them. Default: none. */
  readonly skipMiddleware?: readonly string[];
}

/** The options of the document that a route serves, for tools that read the plan. */
export const OPENAPI: RouteMark<OpenApiOptions> = routeMark<OpenApiOptions>('openapi');

const isPath: OptionRule = (value) =>
  typeof value === 'string' && /^\/.*[^/]$/.test(value) && !/[:*]/.test(value)
    ? undefined
    : "must be a path without parameters, such as '/openapi'";

/**
 * Makes the routes that answer with the document of the application: `/openapi.json` and `/openapi.yaml`. The document is
 * made once, at start-up, and its mistakes are reported there.
 *
 * @throws ConfigurationError when an option is missing, unknown or invalid
 * @example createApp({ controllers: [NotesController], routes: openapi({ info: { title: 'Notes', version: '1.0.0' } }) })
 */
export function openapi(options: OpenApiOptions): PlainRoute[] {
  checkOptions('openapi', options, {
    ...DOCUMENT_RULES,
    path: isPath,
    middleware: isListOption,
    skipMiddleware: isListOption,
  });
  const { path = '/openapi', middleware = [], skipMiddleware = [], ...document } = options;
  const served = new ServedDocument(document);
  const marks = [OPERATION.of({ hidden: true }), OPENAPI.of(Object.freeze({ ...options, path }))];
  return (['json', 'yaml'] as const).map((format) => ({
    method: 'GET',
    path: `${path}.${format}`,
    name: `openapi.${format}`,
    handler: (context) => served.answer(context, format),
    readPlan: (plan, route) => served.read(plan, route),
    middleware,
    skipMiddleware,
    marks,
  }));
}
