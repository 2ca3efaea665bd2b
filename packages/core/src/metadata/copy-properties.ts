import type { Class } from '../http/class';
import { readRules, readValidatorStorage, type RuleRecord } from '../validation/classes/class-rules';
import { copyTransforms, listExposed } from '../validation/classes/copy-transforms';
import { findNearest, readChain } from './class-chain';
import { readDesignType, writeDesignType } from './store';

/**
 * Copies properties from a class and its parents to a class without parents: their rules, what class-transformer does
 * with them, their emitted types, and their getters and setters.
 */
export function copyProperties(
  from: Class,
  to: Class,
  isKept: (name: string) => boolean,
  isRuleKept: (rule: RuleRecord) => boolean = () => true,
): void {
  const rules = readRules(from).filter(({ propertyName }) => isKept(propertyName));
  for (const rule of rules.filter(isRuleKept))
    readValidatorStorage().addValidationMetadata({ ...rule, target: to });
  const ruled = [...new Set(rules.map(({ propertyName }) => propertyName))];
  copyTransforms(from, to, [...new Set([...ruled, ...listExposed(from).filter(isKept)])]);
  const chain = readChain(from);
  for (const name of ruled) {
    const type = findNearest(chain, ({ prototype }) => readDesignType(prototype, name));
    if (type !== undefined) writeDesignType(type, to.prototype as object, name);
  }
  for (const { prototype } of chain) copyAccessors(prototype, to.prototype as object, isKept);
}

/** Copies getters and setters; those of a nearer class come later and replace those of its parents. */
function copyAccessors(from: object, to: object, isKept: (name: string) => boolean): void {
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(from))) {
    const isAccessor = descriptor.get !== undefined || descriptor.set !== undefined;
    if (isAccessor && isKept(name)) Object.defineProperty(to, name, descriptor);
  }
}
