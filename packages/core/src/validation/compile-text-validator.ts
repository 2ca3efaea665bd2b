import { HttpError, type ErrorDetail, type RequestPart } from '../http/status/http-error';
import { isPromise } from '../http/maybe-promise';
import { formatPointer } from './json-pointer';
import { parseTexts } from './parse-texts';
import { RefusedInput } from './refused-input';
import { describeWrong } from './text-errors';
import { makeTextParser, type TextProperty } from './text-types';
import type { Validate } from './validate';

/** Compiles the check of an object whose values are texts: it converts each in place and then validates the object. */
export function compileTextValidator(validate: Validate, properties: readonly TextProperty[]): Validate {
  const conversions = properties.map(makeConversion);
  return (plain, part) => {
    const errors = conversions.flatMap((convert) => convert(plain as Record<string, unknown>, part));
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

/** Converts one property in place. If the text is wrong, it deletes the property and returns the errors. */
type Convert = (plain: Record<string, unknown>, part: RequestPart) => readonly ErrorDetail[];

function makeConversion({ key, name, coercion, isTaken }: TextProperty): Convert {
  if (isTaken)
    return (plain) => {
      Reflect.deleteProperty(plain, key);
      return [];
    };
  if (coercion === undefined) return () => [];
  const parse = makeTextParser(coercion);
  return (plain, part) => {
    const sent = plain[key] as string | readonly string[] | undefined;
    if (sent === undefined) return [];
    const texts = typeof sent === 'string' ? [sent] : sent;
    const { values, wrong } = parseTexts(coercion.list ? texts : texts.slice(0, 1), parse);
    plain[key] = coercion.list ? values : values[0];
    if (wrong.length === 0) return [];
    Reflect.deleteProperty(plain, key);
    return wrong.map((index) =>
      describeWrong(part, coercion.coercion, name, ...(coercion.list ? [index] : [])),
    );
  };
}

/** Names properties as the client does, and leaves out what the rules found on a deleted property. */
function mergeErrors(
  error: unknown,
  wrong: readonly ErrorDetail[],
  properties: readonly TextProperty[],
): unknown {
  if (!(error instanceof HttpError) || error.status !== 422 || error.errors === undefined) return error;
  const known = new Set(wrong.map(({ pointer }) => findStep(pointer)));
  const names = new Map(properties.map(({ key, name }) => [formatPointer(key), formatPointer(name)]));
  const found = error.errors.map((one) => {
    const step = findStep(one.pointer);
    return { ...one, pointer: `${names.get(step) ?? step}${one.pointer.slice(step.length)}` };
  });
  return new RefusedInput([...wrong, ...found.filter(({ pointer }) => !known.has(findStep(pointer)))]);
}

/** The first step of a JSON Pointer. */
function findStep(pointer: string): string {
  return /^\/[^/]*/.exec(pointer)?.[0] ?? '';
}
