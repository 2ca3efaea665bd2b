import type { JsonSchema } from './json-schema';

/** What JSON Schema says about a rule with its arguments. */
export interface RuleSchema {
  readonly schema: JsonSchema;
  /** The schema accepts more than the rule: JSON Schema cannot say all of it. */
  readonly isWider?: true;
  /** A sentence for people about the part that is left out. */
  readonly note?: string;
}

/** Maps one rule of class-validator. */
export interface RuleRow {
  readonly map: (...constraints: readonly unknown[]) => RuleSchema;
  /** The rule accepts a missing value. */
  readonly acceptsMissing?: true;
}

type MakeSchema = (...constraints: readonly unknown[]) => JsonSchema;

/** A row whose schema accepts the same values as the rule. */
export function exact(schema: JsonSchema | MakeSchema): RuleRow {
  return { map: (...constraints) => ({ schema: make(schema, constraints) }) };
}

/** A row whose schema accepts more than the rule. */
export function wider(schema: JsonSchema | MakeSchema): RuleRow {
  return { map: (...constraints) => ({ schema: make(schema, constraints), isWider: true }) };
}

/** A row for text that a pattern describes in full. */
export function textLike(pattern: string): RuleRow {
  return exact({ type: 'string', pattern });
}

/** The same with the default options of the rule; with others, only that it is text. */
export function textByDefault(pattern: string, more: JsonSchema = {}): RuleRow {
  return {
    map: (options) =>
      options === undefined || options === 'en-US'
        ? { schema: { type: 'string', pattern, ...more } }
        : { schema: { type: 'string' }, isWider: true },
  };
}

function make(schema: JsonSchema | MakeSchema, constraints: readonly unknown[]): JsonSchema {
  return typeof schema === 'function' ? schema(...constraints) : schema;
}
