import type { Context } from '../../http/context';
import type { ErrorDetail } from '../../http/status/http-error';
import { hasRest, REST } from '../../routing/find-rest';
import type { ArgumentPlan, PartPlan } from '../../plan/arguments';
import { compileValidator } from '../../validation/compile-validator';
import type { TextProperty } from '../../validation/text-types';

/** Texts by name; a repeated name has a list. */
type Texts = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Makes the reader of a whole part of the request: an instance of the class, or the output of the schema. */
export function makeWholePartReader({ kind }: ArgumentPlan, plan: PartPlan): (context: Context) => unknown {
  const { properties } = plan;
  const part: ErrorDetail['in'] = kind === 'param' ? 'path' : (kind as ErrorDetail['in']);
  const validate = compileValidator(plan.type, plan.options, properties);
  const readTexts = makeTextsReader(kind as TextKind, plan);
  return (context) => validate(readTexts(context), part);
}

type NamedKind = 'param' | 'header' | 'cookie';
type TextKind = NamedKind | 'query';

const READ_ALL: Readonly<Record<NamedKind, (context: Context) => Texts>> = {
  param: ({ request, route: { parameters, path } }) => {
    const names = hasRest(path) ? [...parameters, REST] : parameters;
    return Object.fromEntries(names.map((name) => [name, request.param(name)]));
  },
  header: ({ request }) => request.headers,
  cookie: ({ request }) => request.cookies,
};

/** Reads the whole query, because unknown names are refused there, and from other parts only what the class names. */
function makeTextsReader(kind: TextKind, { properties, brackets }: PartPlan): (context: Context) => Texts {
  if (kind === 'query') return ({ request }) => request.query.toObject(brackets);
  return properties === undefined ? READ_ALL[kind] : makeNamedReader(kind, properties);
}

function makeNamedReader(kind: NamedKind, properties: readonly TextProperty[]): (context: Context) => Texts {
  const readOne = READ_ONE[kind];
  return (context) => {
    const texts = Object.create(null) as Record<string, string>;
    for (const { key, name } of properties) {
      const text = readOne(context, name);
      if (text !== undefined) texts[key] = text;
    }
    return texts;
  };
}

const READ_ONE = {
  param: ({ request }: Context, name: string) => request.param(name),
  header: ({ request }: Context, name: string) => request.header(name),
  cookie: ({ request }: Context, name: string) => request.cookies[name],
};
