import type { Context } from '../../http/context';
import { HttpError, type ErrorDetail } from '../../http/status/http-error';
import { isPromise } from '../../http/maybe-promise';
import { makeTextParser } from '../../validation/text-types';
import { describeWrong, type ReadArgument } from './read-argument';
import { formatPointer } from '../../validation/json-pointer';
import { RefusedInput } from '../../validation/refused-input';
import { compileValidator } from '../../validation/compile-validator';
import type { Validate } from '../../validation/validate';
import type { ArgumentPlan, PartPlan, PartProperty } from '../../plan/arguments';
import type { ValidationOptions, ValidationTarget } from '../../validation/validation-target';

/** Texts by name; those of a repeated name are a list. */
type Texts = Readonly<Record<string, string | readonly string[] | undefined>>;

type Part = ErrorDetail['in'];

/** Makes the reader of a whole part of the request: an instance of the class, or the output of the schema. */
export function makePartReader({ kind }: ArgumentPlan, plan: PartPlan): ReadArgument {
  const { properties } = plan;
  const part: Part = kind === 'param' ? 'path' : (kind as Part);
  const check =
    properties === undefined
      ? compileValidator(plan.type, plan.options)
      : compileTextValidator({ ...plan, properties });
  const readTexts = properties === undefined ? READ_ALL[kind as TextKind] : makeNamedReader(kind, properties);
  return (context) => check(readTexts(context), part);
}

/** What is checked and made of texts: an object of them by property, which is changed. */
interface TextTarget {
  readonly type: ValidationTarget;
  readonly options: ValidationOptions;
  readonly properties: readonly PartProperty[];
}

/** Makes the check of an object whose values are texts: each is made into its type first, then the rules look at all. */
export function compileTextValidator({ type, options, properties }: TextTarget): Validate {
  const validate = compileValidator(type, options);
  const fill = properties.map(makeFill);
  return (plain, part) => {
    const errors = fill.flatMap((one) => one(plain as Record<string, unknown>, part));
    const refuse = (error: unknown): never => {
      throw mergeErrors(error, errors, properties);
    };
    const finish = (value: unknown): unknown => {
      if (errors.length > 0) throw new RefusedInput(errors);
      return value;
    };
    let value: unknown;
    try {
      value = validate(plain, part);
    } catch (error) {
      return refuse(error);
    }
    return isPromise(value) ? value.then(finish, refuse) : finish(value);
  };
}

type TextKind = 'query' | 'param' | 'header' | 'cookie';

const READ_ALL: Readonly<Record<TextKind, (context: Context) => Texts>> = {
  query: ({ request }) => request.query.toObject(),
  param: ({ request, route }) =>
    Object.fromEntries(route.parameters.map((name, index) => [name, request.paramAt(index)])),
  header: ({ request }) => request.headers,
  cookie: ({ request }) => request.cookies,
};

/** Of a query all that was sent, as what is not known is refused; of the other parts what the class names. */
function makeNamedReader(
  kind: ArgumentPlan['kind'],
  properties: readonly PartProperty[],
): (context: Context) => Texts {
  if (kind === 'query') return READ_ALL.query;
  const readOne = READ_ONE[kind as Exclude<TextKind, 'query'>];
  return (context) => {
    const texts = Object.create(null) as Record<string, string>;
    for (const { property, name } of properties) {
      const text = readOne(context, name);
      if (text !== undefined) texts[property] = text;
    }
    return texts;
  };
}

const READ_ONE = {
  param: ({ request }: Context, name: string) => request.param(name),
  header: ({ request }: Context, name: string) => request.header(name),
  cookie: ({ request }: Context, name: string) => request.cookies[name],
};

/** Puts the value in the place of its text; gives back what is wrong, and then leaves the property away. */
type Fill = (plain: Record<string, unknown>, part: Part) => readonly ErrorDetail[];

function makeFill({ property, name, coercion }: PartProperty): Fill {
  if (coercion === undefined) return () => [];
  const parse = makeTextParser(coercion);
  return (plain, part) => {
    const sent = plain[property] as string | readonly string[] | undefined;
    if (sent === undefined) return [];
    const texts = typeof sent === 'string' ? [sent] : sent;
    const values = (coercion.list ? texts : texts.slice(0, 1)).map(parse);
    plain[property] = coercion.list ? values : values[0];
    if (!values.includes(undefined)) return [];
    Reflect.deleteProperty(plain, property);
    return values.flatMap((value, index) => {
      if (value !== undefined) return [];
      return [describeWrong(part, coercion.coercion, name, ...(coercion.list ? [index] : []))];
    });
  };
}

/** What the rules say of a property whose text is wrong is left away: they looked at one that was not sent. */
function mergeErrors(
  error: unknown,
  wrong: readonly ErrorDetail[],
  properties: readonly PartProperty[],
): unknown {
  if (!(error instanceof HttpError) || error.status !== 422 || error.errors === undefined) return error;
  const told = new Set(wrong.map(({ pointer }) => findStep(pointer)));
  const names = new Map(
    properties.map(({ property, name }) => [formatPointer(property), formatPointer(name)]),
  );
  const found = error.errors.map((one) => {
    const step = findStep(one.pointer);
    return { ...one, pointer: `${names.get(step) ?? step}${one.pointer.slice(step.length)}` };
  });
  return new RefusedInput([...wrong, ...found.filter(({ pointer }) => !told.has(findStep(pointer)))]);
}

/** The first step of a JSON Pointer. */
function findStep(pointer: string): string {
  return /^\/[^/]*/.exec(pointer)?.[0] ?? '';
}
