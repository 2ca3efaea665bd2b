import * as cv from 'class-validator';
import fc from 'fast-check';
import type { Class } from '@sluice/core';
import { NEVER } from '../../src/schema/json-schema';
import { exact, type RuleRow } from '../../src/schema/rule-row';
import { INEXPRESSIBLE, RULE_TABLE, STRUCTURAL } from '../../src/schema/rule-table';
import type { RuleTable } from '../../src/schema/property-schema';
import { makeJudge, nearValues } from './agreement';
import { RULE_SAMPLES, type RuleSample } from './rule-samples';

const NAMES = Object.keys(RULE_TABLE);
const RUNS = 40;
/** Tried for every rule, so that a broken row is caught without luck. */
const OF_EVERY_TYPE: readonly unknown[] = [0, true, null, 'text', [], {}];
/** A number becomes a date as well as a text does, which the document does not say. */
const DATES: ReadonlySet<string> = new Set(['isDate', 'minDate', 'maxDate']);

function makeClass(rule: PropertyDecorator): Class {
  class Sample {}
  rule(Sample.prototype, 'value');
  return Sample;
}

/** Whether the row says all of the rule, with the arguments of the sample. */
function isExact(name: string, type: Class): boolean {
  const records = cv.getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const { constraints } = records.find((record) => record.name === name)!;
  return RULE_TABLE[name]!.map(...(constraints ?? [])).isWider !== true;
}

/** Looks for a value about which the two disagree; undefined if there is none among those that are tried. */
function findDispute(name: string, { rule, values }: RuleSample, table?: RuleTable) {
  const type = makeClass(rule);
  const judge = makeJudge(type, table);
  const mustBeEqual = isExact(name, type);
  const agrees = (given: unknown): boolean => {
    if (DATES.has(name) && typeof (given as { value?: unknown }).value === 'number') return true;
    const { bySluice, bySchema } = judge(given);
    // A wider schema still knows the types of the values.
    const isOfOtherType = (given as { value?: unknown }).value === undefined || isForeign(given, values);
    return mustBeEqual || isOfOtherType ? bySluice === bySchema : bySchema || !bySluice;
  };
  const missing = fc.constant({});
  const near = nearValues(values).map((value) => ({ value }));
  const property = fc.property(
    fc.oneof({ weight: 1, arbitrary: missing }, { weight: 20, arbitrary: near }),
    agrees,
  );
  const fixed = [...values, ...OF_EVERY_TYPE].map((value) => ({ value })).find((given) => !agrees(given));
  if (fixed !== undefined) return { counterexample: fixed, seed: 0 };
  const { failed, counterexample, seed } = fc.check(property, { numRuns: RUNS });
  return failed ? { counterexample, seed } : undefined;
}

/** Whether a value has a type that none of the samples has. */
function isForeign(given: unknown, values: readonly unknown[]): boolean {
  const { value } = given as { readonly value: unknown };
  const nameType = (one: unknown): string =>
    one === null ? 'null' : Array.isArray(one) ? 'list' : typeof one;
  return !values.some((one) => nameType(one) === nameType(value));
}

const breakRow = (name: string, row: RuleRow): RuleTable => ({ ...RULE_TABLE, [name]: row });

describe('the table of rules', () => {
  it('has a row for every rule that class-validator exports, or lists it', () => {
    const names = Object.entries(cv)
      .filter(([key, value]) => /^[A-Z0-9_]+$/.test(key) && typeof value === 'string')
      .map(([, value]) => value as string);
    const listed = [...NAMES, ...INEXPRESSIBLE, ...STRUCTURAL];
    expect(names.length).toBeGreaterThan(90);
    expect([...new Set(names)].sort()).toEqual([...new Set(listed)].sort());
  });

  it('has a sample for every row', () => {
    expect(Object.keys(RULE_SAMPLES).sort()).toEqual([...NAMES].sort());
  });

  describe.each(NAMES)('%s', (name) => {
    const samples = RULE_SAMPLES[name]!;

    it('agrees with the validation of Sluice', () => {
      for (const sample of samples) expect(findDispute(name, sample)).toBeUndefined();
    });

    it('is caught where it says too little, or too much', () => {
      const loose = breakRow(name, exact({}));
      const strict = breakRow(name, exact(NEVER));
      expect(samples.some((sample) => findDispute(name, sample, loose) !== undefined)).toBe(true);
      expect(samples.some((sample) => findDispute(name, sample, strict) !== undefined)).toBe(true);
    });
  });
});
