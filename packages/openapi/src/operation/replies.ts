import {
  HttpError,
  type DescribedHeaders,
  type FormatError,
  type RoutePlan,
  type StepDescription,
} from '@sluice/core';
import type { Content, Header, Response } from '../document';
import type { DescribedReply, OperationOptions } from '../operation';
import type { JsonSchema } from '../schema/json-schema';
import type { Report, Schemas } from '../schema/schemas';
import { mapExamples, mapType } from './content';
import { PROBLEM_DETAILS, PROBLEM_SCHEMA } from './problem-schema';
import { findStep, listDescriptions } from './route-parts';
import { addVersion } from './version-media';
import { makeSuccess } from './success';

/** The things that the replies of a document share. */
export interface ReplyOptions {
  readonly schemas: Schemas;
  readonly formatError: FormatError | undefined;
  /** Whether every route has a 500. */
  readonly serverErrors: boolean;
}

type Replies = Readonly<Record<string, Response>>;

/** Makes the replies of a route: that of its handler, those of its steps, and those that `@Operation` adds. */
export function makeReplies(
  route: RoutePlan,
  { replies: said = {} }: OperationOptions,
  options: ReplyOptions,
  report: Report,
): Replies {
  const descriptions = listDescriptions(route);
  const content = (status: number): Content | undefined => makeErrorContent(status, route, options);
  const { status, response } = makeSuccess(route, options.schemas, report);
  const headers = mapHeaders(
    Object.assign({}, ...descriptions.map(({ headers: added = {} }) => added)) as DescribedHeaders,
  );
  const success = { ...response, ...joinHeaders(headers, response.headers) };
  const own = Object.entries(said as Readonly<Record<string, string | DescribedReply>>).map(
    ([key, reply]) => [
      key,
      makeSaid(key, reply, {
        success: isSuccess(key, status, route) ? success : undefined,
        content,
        route,
        options,
        report,
      }),
    ],
  );
  const isReplaced = Object.keys(said).some((key) => key.startsWith('2')) && status === '2XX';
  return addVersion(route, {
    ...mapStatuses(descriptions, content),
    ...(options.serverErrors && { 500: { description: 'The server failed.', ...wrap(content(500)) } }),
    ...(!isReplaced && { [status]: success }),
    ...(Object.fromEntries(own) as Replies),
  });
}

/** Several steps may answer with one status. */
function mapStatuses(
  descriptions: readonly StepDescription[],
  content: (status: number) => Content | undefined,
): Record<string, Response> {
  const replies: Record<string, Response> = {};
  for (const [status, { description, headers, mediaType }] of descriptions.flatMap(({ statuses = {} }) =>
    Object.entries(statuses),
  )) {
    const before = replies[status];
    const isSaid = before?.description.includes(description) === true;
    replies[status] = {
      description:
        before === undefined
          ? description
          : isSaid
            ? before.description
            : `${before.description} ${description}`,
      ...joinHeaders(before?.headers, headers && mapHeaders(headers)),
      ...wrap(joinContent(before?.content, mediaType, Number(status), content)),
    };
  }
  return replies;
}

/** The bodies of the steps that answer with one status. */
function joinContent(
  before: Content | undefined,
  mediaType: string | undefined,
  status: number,
  makeError: (status: number) => Content | undefined,
): Content | undefined {
  const own = mediaType !== undefined ? { [mediaType]: {} } : status >= 400 ? makeError(status) : undefined;
  return before === undefined ? own : { ...before, ...own };
}

/** The body of an error; undefined where a function of the application makes it, and does not say what it is. */
function makeErrorContent(
  status: number,
  route: RoutePlan,
  { schemas, formatError: outer }: ReplyOptions,
): Content | undefined {
  const isCaught = route.catches.some(
    ({ error }) => error === status || error === Error || error === HttpError,
  );
  if (isCaught) return undefined;
  const formatError = route.formatError ?? outer;
  if (formatError === undefined)
    return {
      'application/problem+json': { schema: schemas.refer(PROBLEM_SCHEMA, PROBLEM_DETAILS, PROBLEM_SCHEMA) },
    };
  const { schema, mediaType = 'application/json' } = formatError;
  return schema && { [mediaType]: { schema: schemas.refer(formatError, 'Error', schema) } };
}

/** Whether `@Operation` describes the success of the handler: with the derived status, or with another one where that is unknown. */
function isSuccess(said: string, derived: string, route: RoutePlan): boolean {
  const isOpen = derived === '2XX' || findStep(route, 'returns') !== undefined;
  return said === derived || (isOpen && /^2(?!0[45])/.test(said));
}

interface SaidOptions {
  readonly success: Response | undefined;
  readonly content: (status: number) => Content | undefined;
  readonly route: RoutePlan;
  readonly options: ReplyOptions;
  readonly report: Report;
}

function makeSaid(status: string, said: string | DescribedReply, parts: SaidOptions): Response {
  const { success, content, route, options, report } = parts;
  const { description, type, mediaType, examples }: DescribedReply =
    typeof said === 'string' ? { description: said } : said;
  const isError = /^[45]/.test(status);
  if (type === undefined && mediaType === undefined) {
    const derived = isError ? content(Number(status)) : success?.content;
    return { ...success, description, ...wrap(addExamples(derived, examples)) };
  }
  const schema: JsonSchema | undefined =
    type && mapType(type, { isReply: true, isClosed: true }, route.info.name, options.schemas, report);
  const media = { ...(schema && { schema }), ...mapExamples(examples) };
  return { ...success, description, content: { [mediaType ?? 'application/json']: media } };
}

/** A body of which only examples are known is JSON. */
function addExamples(
  content: Content | undefined,
  examples: DescribedReply['examples'],
): Content | undefined {
  if (examples === undefined) return content;
  const entries = Object.entries(content ?? { 'application/json': {} });
  return Object.fromEntries(entries.map(([type, media]) => [type, { ...media, ...mapExamples(examples) }]));
}

function wrap(content: Content | undefined): Pick<Response, 'content'> {
  return content === undefined ? {} : { content };
}

function joinHeaders(one: Response['headers'], other: Response['headers']): Pick<Response, 'headers'> {
  const headers = { ...one, ...other };
  return Object.keys(headers).length === 0 ? {} : { headers };
}

function mapHeaders(described: DescribedHeaders): Record<string, Header> {
  return Object.fromEntries(
    Object.entries(described).map(([name, { description, type = 'string' }]) => [
      name,
      { ...(description !== undefined && { description }), schema: { type } },
    ]),
  );
}
