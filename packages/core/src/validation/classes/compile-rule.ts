import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import { holdRejection, isPromise, type MaybePromise } from '../../http/maybe-promise';
import { isBuiltIn, readConstraints, type Constraint, type RuleRecord } from './class-rules';
import { describeRule } from './describe-rule';
import { MOST_PENDING, type Findings } from '../findings';
import { addEmailFastPath } from './plain-email';
import { addUniqueFastPath } from './unique-list';

/** Checks one rule of a property and adds an error if the value breaks it. */
export type CheckRule = (value: unknown, object: object, findings: Findings) => void;

/** Compiles a rule: its validators are looked up here, once, and called directly for each value. */
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
 * Looks a validator up by its registration and not by its name, because a user's rule may have the name of a built-in
 * one. The validator is made at the first value, because `useContainer` may be called after start-up.
 */
function compileConstraint(rule: RuleRecord, constraint: Constraint, targetName: string): CheckRule {
  const { constraints, propertyName: property, each } = rule;
  const code = constraint.name || rule.type;
  let made: ValidatorConstraintInterface | undefined;
  return (value, object, findings) => {
    const validator = (made ??= addUniqueFastPath(rule, addEmailFastPath(rule, constraint.instance)));
    const values: ValidationArguments = { targetName, property, object, value, constraints };
    const passes =
      each && isCollection(value)
        ? passEach([...value.values()], (item) => callValidator(rule, validator, item, values))
        : callValidator(rule, validator, value, values);
    if (passes === true) return;
    const describe = () => describeBroken(rule, validator, values);
    if (isPromise(passes)) findings.addLater(passes, code, describe);
    else if (!passes) findings.add(code, describe);
  };
}

/** A text at which a built-in validator throws breaks the rule. If a user's validator throws, that is a bug: a 500. */
function callValidator(
  rule: RuleRecord,
  validator: ValidatorConstraintInterface,
  value: unknown,
  values: ValidationArguments,
): MaybePromise<boolean> {
  try {
    return validator.validate(value, values);
  } catch (error) {
    if (isCausedByText(error) && isBuiltIn(rule)) return false;
    throw error;
  }
}

/** Half a surrogate pair, which JSON can carry, is a URIError; a text too long for a pattern is a RangeError. */
function isCausedByText(error: unknown): boolean {
  return error instanceof URIError || error instanceof RangeError;
}

/** Answers whether all items pass. Stops at the first one that does not, and waits for a bounded number at once. */
function passEach(
  items: readonly unknown[],
  passes: (item: unknown) => MaybePromise<boolean>,
  from = 0,
): MaybePromise<boolean> {
  const pending: Promise<boolean>[] = [];
  for (let index = from; index < items.length; index++) {
    if (pending.length >= MOST_PENDING)
      return passAll(pending).then((passed) => passed && passEach(items, passes, index));
    const passed = passes(items[index]);
    if (isPromise(passed)) pending.push(holdRejection(Promise.resolve(passed)));
    else if (!passed) return pending.length > 0 && passAll(pending).then(() => false);
  }
  return pending.length === 0 || passAll(pending);
}

async function passAll(pending: readonly Promise<boolean>[]): Promise<boolean> {
  return (await Promise.all(pending)).every(Boolean);
}

function describeBroken(
  { message }: RuleRecord,
  validator: ValidatorConstraintInterface,
  values: ValidationArguments,
): string {
  return describeRule(message || (validator.defaultMessage?.(values) ?? ''), values);
}

/** The collections whose items a rule with `each` checks. */
type Collection = readonly unknown[] | Set<unknown> | Map<unknown, unknown>;

function isCollection(value: unknown): value is Collection {
  return Array.isArray(value) || value instanceof Set || value instanceof Map;
}
