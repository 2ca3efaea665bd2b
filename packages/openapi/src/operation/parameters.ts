import type { RoutePlan, StepDescription } from '@sluice/core';
import { isStandardSchema } from '@sluice/core/kit';
import type { Parameter } from '../document';
import type { OperationOptions } from '../operation';
import type { JsonSchema } from '../schema/json-schema';
import type { Report, Schemas } from '../schema/schemas';
import { mapText } from '../schema/text-schema';
import { listArguments, listDescriptions, type Argument } from './route-parts';
import { mapTextClass, type TextField } from './text-fields';

const PLACES = { param: 'path', query: 'query', header: 'header', cookie: 'cookie' } as const;
type TextKind = keyof typeof PLACES;

/** OpenAPI describes these in other ways (§4.8.12.1), and ignores parameters of their names. */
const UNDESCRIBED: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

/** The name of the rest of a path in documents, where it needs one. */
export const WILDCARD = 'wildcard';

/** Makes the parameters of a route. Every parameter of the path is among them. */
export function makeParameters(
  route: RoutePlan,
  { parameters: said = {} }: OperationOptions,
  schemas: Schemas,
  report: Report,
): Parameter[] {
  const read = listArguments(route).flatMap((argument) => mapArgument(argument, route, schemas, report));
  const unread = listPathNames(route).map((name) =>
    makeParameter('path', { name, schema: TEXT, isRequired: true }),
  );
  const headers = listDescriptions(route).flatMap(mapHeaders);
  const inPath: ReadonlySet<string> = new Set(listPathNames(route));
  const parameters = new Map<string, Parameter>();
  for (const parameter of [...read, ...unread, ...headers]) {
    const key = `${parameter.in} ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`;
    const isShown =
      parameter.in === 'path'
        ? inPath.has(parameter.name)
        : parameter.in !== 'header' || !UNDESCRIBED.has(parameter.name.toLowerCase());
    if (isShown && !parameters.has(key)) parameters.set(key, describe(parameter, said[parameter.name]));
  }
  return [...parameters.values()];
}

const TEXT: JsonSchema = { type: 'string' };

function listPathNames({ info }: RoutePlan): readonly string[] {
  return info.path.endsWith('/*') ? [...info.parameters, WILDCARD] : info.parameters;
}

function mapArgument(argument: Argument, route: RoutePlan, schemas: Schemas, report: Report): Parameter[] {
  const { kind, name, whole, required } = argument;
  if (!isTextKind(kind)) return [];
  const place = PLACES[kind];
  if (whole === undefined) {
    const isRequired = required === true || kind === 'param';
    return [makeParameter(place, { name, schema: mapText(argument), isRequired })];
  }
  const use = { isReply: false, groups: whole.options.groups, isClosed: false };
  const { type, properties = [] } = whole;
  if (!isStandardSchema(type))
    return mapTextClass(type, properties, use, schemas, route.info.name).map((field) =>
      makeParameter(place, field),
    );
  return mapObject(schemas.mapInPlace(type, route.info.name, report), place);
}

function isTextKind(kind: Argument['kind']): kind is TextKind {
  return kind in PLACES;
}

/** Takes the properties of an object apart. A schema that is not plainly that of an object stays whole. */
function mapObject(schema: JsonSchema, place: Parameter['in']): Parameter[] {
  const { properties, required = [] } = schema as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
  };
  if (properties === undefined) return place === 'query' ? [{ ...FREE, schema }] : [];
  return Object.entries(properties).map(([name, one]) =>
    makeParameter(place, { name, schema: one, isRequired: required.includes(name) }),
  );
}

const FREE = { name: 'query', in: 'query', style: 'form', explode: true } as const;

function makeParameter(place: Parameter['in'], { name, schema, isRequired }: TextField): Parameter {
  const shown = place === 'path' && name === '*' ? WILDCARD : name;
  const { description, ...rest } = schema;
  return {
    name: shown,
    in: place,
    ...((isRequired || place === 'path') && { required: true }),
    ...(typeof description === 'string' && { description }),
    schema: rest,
  };
}

function mapHeaders({ requestHeaders = {} }: StepDescription): Parameter[] {
  return Object.entries(requestHeaders).map(([name, { description, type = 'string', required }]) => ({
    name,
    in: 'header',
    ...(required === true && { required }),
    ...(description !== undefined && { description }),
    schema: { type },
  }));
}

function describe(
  parameter: Parameter,
  said: NonNullable<OperationOptions['parameters']>[string] | undefined,
): Parameter {
  if (said === undefined) return parameter;
  return { ...parameter, ...(typeof said === 'string' ? { description: said } : said) };
}
