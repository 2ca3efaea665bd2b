import type { RoutePlan } from '@sluice/core';
import { isStandardSchema } from '@sluice/core/kit';
import type { Content, RequestBody } from '../document';
import type { JsonSchema } from '../schema/json-schema';
import type { Report, Schemas } from '../schema/schemas';
import { mapText } from '../schema/text-schema';
import { findStep, listArguments, type StepOf } from './route-parts';
import { mapTextClass, type TextField } from './text-fields';

const URL_ENCODED = 'application/x-www-form-urlencoded';

/** Makes the body of a route that reads a form, with its files where it takes any. */
export function makeFormContent(
  route: RoutePlan,
  form: StepOf<'form'> | undefined,
  schemas: Schemas,
  report: Report,
): RequestBody {
  const fields = listFields(route);
  const whole = mapWhole(route, schemas, report);
  const known = Array.isArray(whole) ? [...fields, ...whole] : fields;
  const plain = Array.isArray(whole) ? { ...makeObject(known), ...close(route) } : whole;
  const isNeeded = form?.optional !== true && findStep(route, 'body')?.optional !== true;
  const files = form?.files ?? [];
  const isRequired = isNeeded && (hasRequired(plain) || files.some(({ required }) => required));
  return { ...(isRequired && { required: true }), content: makeContent(plain, form) };
}

function makeContent(plain: JsonSchema, form: StepOf<'form'> | undefined): Content {
  if (form === undefined) return { [URL_ENCODED]: { schema: plain } };
  const { files } = form;
  const typed = files.flatMap(({ name, types }) => (types === undefined ? [] : [{ name, types }]));
  const encoding = Object.fromEntries(
    typed.map(({ name, types }) => [name, { contentType: types.join(', ') }]),
  );
  return {
    'multipart/form-data': {
      schema: addFiles(plain, files),
      ...(typed.length > 0 && { encoding }),
    },
    ...(!files.some(({ required }) => required) && { [URL_ENCODED]: { schema: plain } }),
  };
}

/** The fields that the handler takes one by one. */
function listFields(route: RoutePlan): TextField[] {
  return listArguments(route)
    .filter(({ kind, whole }) => kind === 'field' && whole === undefined)
    .map((argument) => ({
      name: argument.name,
      schema: mapText(argument),
      isRequired: argument.required === true,
    }));
}

/** The class or schema that takes all fields: its fields, or its schema where it is not a class. */
function mapWhole(route: RoutePlan, schemas: Schemas, report: Report): TextField[] | JsonSchema {
  const check = findStep(route, 'validate');
  if (check === undefined) return [];
  const { type, options, properties } = check;
  const use = { isReply: false, groups: options.groups, isClosed: options.unknownKeys !== 'strip' };
  if (typeof type === 'function' && !isStandardSchema(type) && properties !== undefined)
    return mapTextClass(type, properties, use, schemas, route.info.name);
  return isStandardSchema(type)
    ? schemas.mapInPlace(type, route.info.name, report)
    : schemas.map(type, use, route.info.name, report);
}

/** A class that takes all fields refuses others. */
function close(route: RoutePlan): JsonSchema {
  const check = findStep(route, 'validate');
  return check === undefined || check.options.unknownKeys === 'strip' ? {} : { additionalProperties: false };
}

/** The class and a parameter may take the same field: then the class, which has the rules, describes it. */
function makeObject(fields: readonly TextField[]): JsonSchema {
  const required = [...new Set(fields.filter(({ isRequired }) => isRequired).map(({ name }) => name))];
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 && { required }),
  };
}

function hasRequired({ required }: JsonSchema): boolean {
  return Array.isArray(required) && required.length > 0;
}

const FILE: JsonSchema = { type: 'string', format: 'binary', contentMediaType: 'application/octet-stream' };

function addFiles(plain: JsonSchema, files: StepOf<'form'>['files']): JsonSchema {
  const properties = files.map(({ name, max, required }): [string, JsonSchema] => [
    name,
    max === 1 ? FILE : { type: 'array', items: FILE, maxItems: max, ...(required && { minItems: 1 }) },
  ]);
  const needed = files.filter(({ required }) => required).map(({ name }) => name);
  const own = {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(needed.length > 0 && { required: needed }),
  };
  if (files.length === 0) return plain;
  if (plain['$ref'] !== undefined || plain['properties'] === undefined) return { allOf: [plain, own] };
  const required = [...((plain['required'] ?? []) as string[]), ...needed];
  return {
    ...plain,
    properties: { ...(plain['properties'] as object), ...own.properties },
    ...(required.length > 0 && { required }),
  };
}
