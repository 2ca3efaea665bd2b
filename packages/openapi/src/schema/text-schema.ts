import { makeTextParser, type TextCoercion } from '@sluice/core/kit';
import { isJsonScalar, makeEnum, type JsonSchema } from './json-schema';

const DATE =
  '^\\d{4}-\\d{2}-\\d{2}(?:T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d))?$';
const UUID = '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';

const SAFE = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };

const SCHEMAS: Readonly<Record<Exclude<TextCoercion['coercion'], 'enum'>, JsonSchema>> = {
  text: { type: 'string' },
  number: { type: 'number', ...SAFE },
  integer: { type: 'integer', ...SAFE },
  bigint: { type: 'integer' },
  boolean: { type: 'boolean' },
  date: { type: 'string', anyOf: [{ format: 'date' }, { format: 'date-time' }], pattern: DATE },
  uuid: { type: 'string', format: 'uuid', pattern: UUID },
};

/** The schema of a text of the request, as the value that it becomes. */
export function mapText(given: TextCoercion & { readonly default?: string | readonly string[] }): JsonSchema {
  const { coercion, list, values = [], default: initial } = given;
  const one = coercion === 'enum' ? makeEnum(values) : SCHEMAS[coercion];
  const schema = list ? { type: 'array', items: one } : one;
  return initial === undefined ? schema : { ...schema, default: readDefault(initial, given) };
}

/** The default as JSON has it: a number, not the text of one. */
function readDefault(initial: string | readonly string[], coercion: TextCoercion): unknown {
  const parse = makeTextParser(coercion);
  const read = (text: string): unknown => {
    const value = parse(text);
    return isJsonScalar(value) ? value : typeof value === 'bigint' ? Number(value) : text;
  };
  return typeof initial === 'string' ? read(initial) : initial.map(read);
}
