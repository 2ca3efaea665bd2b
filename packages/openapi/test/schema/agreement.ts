import { Ajv2020, type ValidateFunction } from 'ajv-2020/dist/2020';
import fc from 'fast-check';
import type { Class } from '@sluice/core';
import { compileValidator } from '../../../core/src/validation/compile-validator';
import type { RuleTable } from '../../src/schema/property-schema';
import { Schemas } from '../../src/schema/schemas';

/** The answers of two judges about a value. */
export interface Verdict {
  readonly bySluice: boolean;
  readonly bySchema: boolean;
}

/** Judges values by Sluice's own validation of a class, and by the schema that is published for it. */
export function makeJudge(type: Class, table?: RuleTable): (value: unknown) => Verdict {
  const validate = compileValidator(type);
  const checkSchema = compileSchema(type, table);
  return (value) => ({ bySluice: accepts(validate, value), bySchema: checkSchema(value) });
}

function compileSchema(type: Class, table?: RuleTable): ValidateFunction {
  const schemas = new Schemas(table);
  const use = { isReply: false, isClosed: true };
  const reference = schemas.map(type, use, 'Test.case', (fault) => {
    throw new Error(fault);
  });
  const [root, components] = schemas.components.finish(reference, () => undefined);
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  // JSON has no Infinity. Ajv checks the definitions of a schema, and not its other members.
  const $defs = JSON.parse(JSON.stringify(components)) as object;
  return ajv.compile({ ...root, $defs, components: { schemas: $defs } });
}

function accepts(validate: ReturnType<typeof compileValidator>, value: unknown): boolean {
  try {
    void validate(structuredClone(value), 'body');
    return true;
  } catch {
    return false;
  }
}

/** Any value of JSON. Variation selectors are left out, which class-validator does not count, and numbers that ajv rounds to 0. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }).filter((text) => !/[\uFE0E\uFE0F]/.test(text)),
  fc.integer(),
  fc
    .double({ noDefaultInfinity: true, noNaN: true, min: -1e15, max: 1e15 })
    .filter((value) => value === 0 || Math.abs(value) > 1e-300),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxLength: 4 }),
  fc.dictionary(fc.string({ maxLength: 3 }), fc.oneof(fc.integer(), fc.constant(null)), { maxKeys: 3 }),
);

/** Values near the given ones: a text with a character more, less, or another one. */
export function nearValues(values: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...values).chain(change) },
    { weight: 1, arbitrary: anyValue },
  );
}

function change(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'string') return fc.constant(value);
  const characters = fc.constantFrom(...new Set([...value, ...'aZ09-_.:+/= g\n']));
  const place = fc.nat({ max: value.length });
  const removed = fc.nat({ max: 1 });
  const changed = fc
    .tuple(place, removed, fc.string({ unit: characters, maxLength: 1 }))
    .map(([at, count, added]) => value.slice(0, at) + added + value.slice(at + count));
  return fc.oneof(fc.constant(value), changed);
}
