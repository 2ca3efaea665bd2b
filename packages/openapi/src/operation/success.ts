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
  const content = findContent(route, schemas, report);
  const status = findStep(route, 'status')?.status ?? (content === undefined ? undefined : 200);
  const headers = makeHeaders(route);
  const body = status === 204 || status === 205 ? undefined : (content ?? UNKNOWN);
  return {
    status: status === undefined ? '2XX' : String(status),
    response: {
      description: status === 204 ? 'Nothing is returned.' : 'The request succeeded.',
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(body && { content: retype(body, route) }),
    },
  };
}

/** A handler without `@Returns` may return anything. */
const UNKNOWN: Content = { '*/*': {} };

function findContent(route: RoutePlan, schemas: Schemas, report: Report): Content | undefined {
  if (findStep(route, 'events') !== undefined) return { 'text/event-stream': { schema: { type: 'string' } } };
  const returns = findStep(route, 'returns');
  if (returns !== undefined)
    return { 'application/json': { schema: mapReturns(returns, route, schemas, report) } };
  return mapDeclared(findStep(route, 'handler')?.returnType, route, schemas, report);
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

/** Without `@Returns` a reply may have more than the fields with rules. */
const REPLY: ClassUse = { isReply: true, isClosed: false };

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

/** `@SetHeader('Content-Type', …)` says what the content is. */
function retype(content: Content, { steps }: RoutePlan): Content {
  for (const step of steps)
    if (step.kind === 'header' && step.line.lowerName === 'content-type')
      return { [step.line.value.split(';')[0]!.trim()]: Object.values(content)[0]! };
  return content;
}
