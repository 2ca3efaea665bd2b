import type { Context } from '../http/context';
import { FORM } from '../http/form-content';
import { HttpError, type ErrorDetail } from '../http/http-error';
import type { UploadedFile } from '../http/uploaded-file';
import type { ArgumentPlan, Coercion } from '../plan/plan';

/** Reads one argument of a handler; may answer with a promise only for custom parameters. */
export type ReadArgument = (context: Context) => unknown;

/** Makes the reader of one argument, its kind and type decided here, once. */
export function makeArgumentReader(argument: ArgumentPlan): ReadArgument {
  const { kind, name, position, coercion } = argument;
  switch (kind) {
    case 'context':
      return (context) => context;
    case 'body':
    case 'form':
      return (context) => context.request.body;
    case 'custom':
      return argument.read!;
    case 'file':
      return (context) => readFiles(context, name)[0];
    case 'files':
      return (context) => readFiles(context, name);
    case 'field':
      if (coercion === 'list') return (context) => context.get(FORM)!.fields.getAll(name);
      return coerceWith(coercion, 'body', name, (context) => context.get(FORM)!.fields.get(name));
    case 'param':
      return coerceWith(coercion, 'path', name, (context) => context.request.paramAt(position));
    case 'query':
      if (coercion === 'list') return (context) => context.request.query.getAll(name);
      return coerceWith(coercion, 'query', name, (context) => context.request.query.get(name));
    case 'header':
      return coerceWith(coercion, 'header', name, (context) => context.request.header(name));
    case 'cookie':
      return coerceWith(coercion, 'cookie', name, (context) => context.request.cookies[name]);
  }
}

function readFiles(context: Context, name: string): readonly UploadedFile[] {
  return context.get(FORM)!.files.filter((file) => file.name === name);
}

type ReadText = (context: Context) => string | undefined;

function coerceWith(
  coercion: Coercion,
  part: ErrorDetail['in'],
  name: string,
  readText: ReadText,
): ReadArgument {
  if (coercion === 'text' || coercion === 'list') return readText;
  const parse = PARSERS[coercion];
  return (context) => {
    const text = readText(context);
    if (text === undefined) return undefined;
    const value = parse(text);
    if (value === undefined) throw refuse(part, name, coercion);
    return value;
  };
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const INTEGER = /^-?(?:0|[1-9]\d{0,999})$/;

/** No implicit conversion beyond this: what does not look exactly like the type is refused. */
const PARSERS = {
  number: parseNumber,
  bigint: (text: string) => (INTEGER.test(text) ? BigInt(text) : undefined),
  boolean: (text: string) =>
    text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined,
};

/** A whole number that a number can not hold exactly is refused: it would be another one. */
function parseNumber(text: string): number | undefined {
  const value = NUMBER.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value)) return undefined;
  return INTEGER.test(text) && !Number.isSafeInteger(value) ? undefined : value;
}

function refuse(part: ErrorDetail['in'], name: string, type: keyof typeof PARSERS): HttpError {
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const expected =
    type === 'boolean' ? 'true, false, 1 or 0' : `a ${type === 'bigint' ? 'whole number' : 'number'}`;
  const errors: ErrorDetail[] = [{ in: part, pointer, code: type, detail: `must be ${expected}` }];
  return new HttpError(422, {
    code: 'validation_failed',
    detail: 'The request does not have the form that is due.',
    errors,
  });
}
