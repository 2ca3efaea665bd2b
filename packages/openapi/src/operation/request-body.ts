import type { RoutePlan } from '@sluice/core';
import type { Content, MediaType, RequestBody } from '../document';
import type { OperationOptions } from '../operation';
import type { Report, Schemas } from '../schema/schemas';
import { mapExamples, mapType } from './content';
import { makeFormContent } from './form-content';
import { findStep } from './route-parts';

/** Makes the body of a route's requests; undefined for a route that takes none. */
export function makeRequestBody(
  route: RoutePlan,
  { body: said }: OperationOptions,
  schemas: Schemas,
  report: Report,
): RequestBody | undefined {
  const derived = deriveBody(route, schemas, report);
  if (said === undefined) return derived;
  const {
    description,
    type,
    mediaType,
    required = derived === undefined || derived.required,
    examples,
  } = said;
  const schema = type && mapType(type, REQUEST, route.info.name, schemas, report);
  const known = derived?.content ?? { 'application/json': {} };
  const contents = mediaType === undefined ? known : { [mediaType]: Object.values(known)[0]! };
  const content = Object.entries(contents).map(([name, media]): [string, MediaType] => [
    name,
    { ...media, ...(schema && { schema }), ...mapExamples(examples) },
  ]);
  return {
    ...(description !== undefined && { description }),
    ...(required !== undefined && { required }),
    content: Object.fromEntries(content),
  };
}

const REQUEST = { isReply: false, isClosed: true };

function deriveBody(route: RoutePlan, schemas: Schemas, report: Report): RequestBody | undefined {
  const form = findStep(route, 'form');
  if (form !== undefined) return makeFormContent(route, form, schemas, report);
  const body = findStep(route, 'body');
  if (body === undefined) return undefined;
  const { format, optional } = body;
  if (format === 'form') return makeFormContent(route, undefined, schemas, report);
  if (format !== 'json') return { content: CONTENTS[format] };
  return {
    ...(optional !== true && { required: true }),
    content: { 'application/json': makeJson(route, schemas, report) },
  };
}

/** An empty text and no bytes at all are bodies, too. */
const CONTENTS: Readonly<Record<'text' | 'bytes', Content>> = {
  text: { 'text/plain': { schema: { type: 'string' } } },
  bytes: { 'application/octet-stream': {} },
};

function makeJson(route: RoutePlan, schemas: Schemas, report: Report): MediaType {
  const check = findStep(route, 'validate');
  if (check === undefined) return { schema: {} };
  const { type, options } = check;
  const use = { isReply: false, groups: options.groups, isClosed: options.unknownKeys !== 'strip' };
  return { schema: schemas.map(type, use, route.info.name, report) };
}
