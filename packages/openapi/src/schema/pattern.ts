import type { RuleSchema } from './rule-row';

/** Flags that change neither what a pattern means to JSON Schema nor whether it matches. */
const HARMLESS = /[dgu]/g;

/** Maps `@Matches`. JSON Schema has patterns without flags, in Unicode mode. */
export function mapPattern(pattern: unknown, modifiers: unknown): RuleSchema {
  const regExp = pattern instanceof RegExp ? pattern : makeRegExp(pattern, modifiers);
  if (regExp === undefined) return { schema: { type: 'string' }, isWider: true };
  const isPlain = regExp.flags.replace(HARMLESS, '') === '' && isUnicode(regExp.source);
  if (isPlain) return { schema: { type: 'string', pattern: regExp.source } };
  return { schema: { type: 'string' }, isWider: true, note: `Must match ${String(regExp)}.` };
}

function makeRegExp(pattern: unknown, modifiers: unknown): RegExp | undefined {
  try {
    return new RegExp(String(pattern), typeof modifiers === 'string' ? modifiers : '');
  } catch {
    return undefined;
  }
}

function isUnicode(source: string): boolean {
  try {
    return new RegExp(source, 'u').source === source;
  } catch {
    return false;
  }
}

/** The pattern of texts that have the text in them. */
export function quotePattern(text: unknown): string {
  return String(text).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
