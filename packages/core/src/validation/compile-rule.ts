import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import { isBuiltIn, readConstraints, type Constraint, type RuleRecord } from './class-rules';
import { isPromise, type MaybePromise } from '../http/maybe-promise';
import { describeRule } from './describe-rule';
import type { Findings } from './findings';
import { quickenEmail } from './plain-email';

/** Checks one rule of a property, and notes where it is broken. */
export type CheckRule = (value: unknown, object: object, findings: Findings) => void;

/** Makes the direct calls of a rule: what it is checked by is looked up here, once. */
export function compileRule(rule: RuleRecord, targetName: string): CheckRule[] {
  return readConstraints(rule).map((constraint) => {
    const check = compileConstraint(rule, constraint, targetName);
    const { validateIf } = rule;
    if (validateIf === undefined) return check;
    return (value, object, findings) => {
      if (validateIf(object, value)) check(value, object, findings);
    };
  });
}

/**
 * A constraint is called as it was registered and not by its name: a rule of the user's own may have the name of
 * a built-in one. It is made at the first value, as `useContainer` may be called after start-up.
 */
function compileConstraint(rule: RuleRecord, constraint: Constraint, targetName: string): CheckRule {
  const { constraints, propertyName: property, each } = rule;
  const code = constraint.name || rule.type;
  let made: ValidatorConstraintInterface | undefined;
  return (value, object, findings) => {
    const validator = (made ??= quickenEmail(rule, constraint.instance));
    const values: ValidationArguments = { targetName, property, object, value, constraints };
    const passes =
      each && isCollection(value)
        ? checkEach(rule, validator, value, values)
        : ask(rule, validator, value, values);
    if (passes === true) return;
    const describe = () => describeBroken(rule, validator, values);
    if (isPromise(passes)) findings.addLater(passes, code, describe);
    else if (!passes) findings.add(code, describe);
  };
}

/** A text at which class-validator's own rule throws breaks the rule; a rule of the user's that throws is a fault. */
function ask(
  rule: RuleRecord,
  validator: ValidatorConstraintInterface,
  value: unknown,
  values: ValidationArguments,
): MaybePromise<boolean> {
  try {
    return validator.validate(value, values);
  } catch (error) {
    if (isUnreadable(error) && isBuiltIn(rule)) return false;
    throw error;
  }
}

/** What is thrown at half a surrogate pair, which JSON can carry, and at a text that is too long for a pattern. */
function isUnreadable(error: unknown): boolean {
  return error instanceof URIError || error instanceof RangeError;
}

function checkEach(
  rule: RuleRecord,
  validator: ValidatorConstraintInterface,
  value: Collection,
  values: ValidationArguments,
): MaybePromise<boolean> {
  const passes: unknown[] = Array.from(value.values(), (item) => ask(rule, validator, item, values));
  if (passes.some(isPromise)) return Promise.all(passes).then((all) => all.every(Boolean));
  return passes.every(Boolean);
}

function describeBroken(
  { message }: RuleRecord,
  validator: ValidatorConstraintInterface,
  values: ValidationArguments,
): string {
  return describeRule(message || (validator.defaultMessage?.(values) ?? ''), values);
}

/** What `each` goes through the items of. */
type Collection = readonly unknown[] | Set<unknown> | Map<unknown, unknown>;

function isCollection(value: unknown): value is Collection {
  return Array.isArray(value) || value instanceof Set || value instanceof Map;
}
