import type { RoutePlan } from '@sluice/core';
import type { Content, Header, Response } from '../document';
import type { JsonSchema } from '../schema/json-schema';
import type { ClassUse, Report, Schemas, SchemaTarget } from '../schema/schemas';
import { findStep, type StepOf } from './route-parts';

/** The reply of a handler, and its status; `2XX` where the plan does not say which. */
export interface Success {
  readonly status: string;
  readonly response: Response;
}

/** Makes the reply of a handler from its decorators, or from the type that the compiler emitted for its result. */
export function makeSuccess(route: RoutePlan, schemas: Schemas, report: Report): Success {
  const streamed = findStreamed(route);
  const content = findContent(route, streamed, schemas, report);
  const status = findStep(route, 'status')?.status ?? (content === undefined ? undefined : 200);
  const headers = makeHeaders(route);
  const body = status === 204 || status === 205 ? undefined : (content ?? UNKNOWN);
  return {
    status: status === undefined ? '2XX' : String(status),
    response: {
      description: describeSuccess(status, streamed, route),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(body && { content: retype(body, route) }),
    },
  };
}

/** A handler without `@Returns` may return anything. */
const UNKNOWN: Content = { '*/*': {} };

const EVENTS_TYPE = 'text/event-stream';

/** The media types of streams whose items `@Returns` describes, and the word for an item. */
const STREAMED: ReadonlyMap<string, string> = new Map([
  [EVENTS_TYPE, 'events, and the schema is that of each'],
  ['application/jsonl', 'lines, and the schema is that of each'],
  ['application/x-ndjson', 'lines, and the schema is that of each'],
]);

/** The media type of a stream of items; undefined for any other reply. */
function findStreamed(route: RoutePlan): string | undefined {
  if (findStep(route, 'events') !== undefined) return EVENTS_TYPE;
  const written = findContentType(route);
  return written !== undefined && STREAMED.has(written) ? written : undefined;
}

/** `@SetHeader('Content-Type', …)` says what the content is. */
function findContentType({ steps }: RoutePlan): string | undefined {
  for (const step of steps)
    if (step.kind === 'header' && step.line.lowerName === 'content-type')
      return step.line.value.split(';')[0]!.trim().toLowerCase();
  return undefined;
}

function describeSuccess(status: number | undefined, streamed: string | undefined, route: RoutePlan): string {
  if (status === 204) return 'Nothing is returned.';
  const isSaid = streamed === EVENTS_TYPE || findStep(route, 'returns') !== undefined;
  return streamed !== undefined && isSaid
    ? `A stream of ${STREAMED.get(streamed)!}.`
    : 'The request succeeded.';
}

function findContent(
  route: RoutePlan,
  streamed: string | undefined,
  schemas: Schemas,
  report: Report,
): Content | undefined {
  const returns = findStep(route, 'returns');
  if (returns !== undefined) {
    // The type of a stream is that of an item, with and without brackets.
    const step = streamed === undefined ? returns : { ...returns, each: false };
    const schema = mapReturns(step, route, schemas, report);
    return {
      [streamed ?? 'application/json']: { schema: streamed === EVENTS_TYPE ? makeEvent(schema) : schema },
    };
  }
  if (streamed === EVENTS_TYPE) return { [EVENTS_TYPE]: { schema: makeEvent(TEXT) } };
  return mapDeclared(findStep(route, 'handler')?.returnType, route, schemas, report);
}

const TEXT: JsonSchema = { type: 'string' };

/** An event (HTML §9.2) as OpenAPI 3.2 describes it: its data is text, which may hold JSON. */
function makeEvent(data: JsonSchema): JsonSchema {
  const isText = data['type'] === 'string';
  return {
    type: 'object',
    required: ['data'],
    properties: {
      data: isText ? data : { ...TEXT, contentMediaType: 'application/json', contentSchema: data },
      event: TEXT,
      id: TEXT,
      retry: { type: 'integer', minimum: 0 },
    },
  };
}

function mapReturns(
  { type, each, options }: StepOf<'returns'>,
  { info }: RoutePlan,
  schemas: Schemas,
  report: Report,
): JsonSchema {
  const { include, exclude } = options;
  const isWanted = (name: string): boolean =>
    include?.includes(name) !== false && exclude?.includes(name) !== true;
  const isWhole = include === undefined && exclude === undefined;
  const use: ClassUse = { isReply: true, isClosed: true, ...(!isWhole && { isWanted }) };
  const target: SchemaTarget = each ? { each: type } : type;
  return schemas.map(target, use, info.name, report);
}

/** The compiler emits the class of an annotation, and Promise or Object for most others. */
function mapDeclared(
  type: unknown,
  { info }: RoutePlan,
  schemas: Schemas,
  report: Report,
): Content | undefined {
  if (type === String) return { 'text/plain': { schema: { type: 'string' } } };
  const plain = PLAIN.get(type);
  if (plain !== undefined) return { 'application/json': { schema: plain } };
  if (typeof type !== 'function' || schemas.outline(type as never, REPLY).length === 0) return undefined;
  return { 'application/json': { schema: schemas.map(type as never, REPLY, info.name, report) } };
}

/** Without `@Returns` a reply may have more than the fields with rules, and `@Expose` does not change their names. */
const REPLY: ClassUse = { isReply: true, isClosed: false, isUnchanged: true };

const PLAIN: ReadonlyMap<unknown, JsonSchema> = new Map<unknown, JsonSchema>([
  [Number, { type: 'number' }],
  [Boolean, { type: 'boolean' }],
  [Array, { type: 'array' }],
]);

function makeHeaders({ steps }: RoutePlan): Record<string, Header> {
  return Object.fromEntries(
    steps.flatMap((step) =>
      step.kind === 'header' && step.line.lowerName !== 'content-type'
        ? [[step.line.name, { schema: { type: 'string', examples: [step.line.value] } }]]
        : [],
    ),
  );
}

function retype(content: Content, route: RoutePlan): Content {
  const written = findContentType(route);
  return written === undefined ? content : { [written]: Object.values(content)[0]! };
}
