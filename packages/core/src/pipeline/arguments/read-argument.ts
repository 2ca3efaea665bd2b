import type { Context } from '../../http/context';
import { REST } from '../../routing/find-rest';
import { parseHost } from '../../routing/host';
import { FORM } from '../../form/form-content';
import type { ErrorDetail } from '../../http/status/http-error';
import type { QueryValues } from '../../http/query/query-values';
import { parseTexts } from '../../validation/parse-texts';
import { makeTextParser } from '../../validation/text-types';
import type { UploadedFile } from '../../form/uploaded-file';
import type { ArgumentPlan } from '../../plan/arguments';
import { RefusedInput } from '../../validation/refused-input';
import { makeWholePartReader } from './read-whole-part';
import { describeMissing, describeWrong } from '../../validation/text-errors';

/** Reads one argument of a handler. Throws RefusedInput if it is missing or invalid. */
export type ReadArgument = (context: Context) => unknown;

/** Makes the reader of one argument; its kind and type are decided here, once. Custom parameters have readers of their own. */
export function makeArgumentReader(argument: ArgumentPlan): ReadArgument {
  const { kind, name, position, whole } = argument;
  if (whole !== undefined) return makeWholePartReader(argument, whole);
  switch (kind) {
    case 'context':
      return (context) => context;
    case 'body':
    case 'form':
      return (context) => context.request.body;
    case 'file':
      return (context) => readFiles(context, name)[0];
    case 'files':
      return (context) => readFiles(context, name);
    case 'field':
      if (argument.list) return makeListReader(argument, 'body', (context) => context.get(FORM)!.fields);
      return makeTextReader(argument, 'body', (context) => context.get(FORM)!.fields.get(name));
    case 'param':
      if (name === REST) return makeTextReader(argument, 'path', (context) => context.request.param(REST));
      return makeTextReader(argument, 'path', (context) => context.request.paramAt(position));
    case 'query':
      if (argument.list) return makeListReader(argument, 'query', (context) => context.request.query);
      return makeTextReader(argument, 'query', (context) => context.request.query.get(name));
    case 'host':
      if (name === REST) return (context) => splitHost(context).slice(0, -position).join('.');
      return (context) => splitHost(context).at(-1 - position);
    case 'header':
      return makeTextReader(argument, 'header', (context) => context.request.header(name));
    case 'cookie':
      return makeTextReader(argument, 'cookie', (context) => context.request.cookies[name]);
    case 'custom':
      throw new TypeError('A custom parameter is read by its decorator.');
  }
}

function readFiles(context: Context, name: string): readonly UploadedFile[] {
  return context.get(FORM)!.files.filter((file) => file.name === name);
}

/** The host has been parsed before, to find the route. */
function splitHost({ request }: Context): string[] {
  return parseHost(request.host!)!.name.split('.');
}

type ReadText = (context: Context) => string | undefined;

function makeTextReader(argument: ArgumentPlan, part: ErrorDetail['in'], readText: ReadText): ReadArgument {
  const { name, coercion, required } = argument;
  const fallback = argument.default as string | undefined;
  if (coercion === 'text' && fallback === undefined && !required) return readText;
  const parse = makeTextParser(argument);
  return (context) => {
    const text = readText(context) ?? fallback;
    if (text === undefined) {
      if (required) throw new RefusedInput([describeMissing(part, name)]);
      return undefined;
    }
    const value = parse(text);
    if (value === undefined) throw new RefusedInput([describeWrong(part, coercion, name)]);
    return value;
  };
}

/** Reads every value of a repeated name. Without values the list is empty, unless one is required. */
function makeListReader(
  argument: ArgumentPlan,
  part: ErrorDetail['in'],
  readValues: (context: Context) => QueryValues,
): ReadArgument {
  const { name, coercion, required, brackets } = argument;
  const names = brackets ? [name, `${name}[]`] : [name];
  const fallback = (argument.default ?? []) as readonly string[];
  const parse = makeTextParser(argument);
  return (context) => {
    const sent = readValues(context).getAll(...names);
    if (sent.length === 0 && required) throw new RefusedInput([describeMissing(part, name)]);
    const { values, wrong } = parseTexts(sent.length === 0 ? fallback : sent, parse);
    if (wrong.length === 0) return values;
    throw new RefusedInput(wrong.map((index) => describeWrong(part, coercion, name, index)));
  };
}
