import { isBooleanOption, type OptionRule, type OptionRules } from '@sluice/core/kit';
import type { SourceDirective } from './csp-policy';
import {
  findSandboxFault,
  findSourcesFault,
  findTextFault,
  findTypesFault,
  findUrisFault,
} from './directive-values';

const SOURCES: readonly SourceDirective[] = [
  'baseUri',
  'childSrc',
  'connectSrc',
  'defaultSrc',
  'fontSrc',
  'formAction',
  'frameAncestors',
  'frameSrc',
  'imgSrc',
  'manifestSrc',
  'mediaSrc',
  'objectSrc',
  'scriptSrc',
  'scriptSrcAttr',
  'scriptSrcElem',
  'styleSrc',
  'styleSrcAttr',
  'styleSrcElem',
  'workerSrc',
];

/** The rules of the options of a policy. */
export const POLICY_RULES: OptionRules = {
  ...Object.fromEntries(SOURCES.map((name) => [name, orFalse((value) => findSourcesFault(name, value))])),
  reportTo: orFalse((value) =>
    typeof value === 'string' && findTextFault(value) === undefined
      ? undefined
      : 'must be the name of an entry of reportingEndpoints, or false',
  ),
  reportUri: orFalse(findUrisFault),
  requireTrustedTypesFor: orFalse((value) =>
    Array.isArray(value) && value.length === 1 && value[0] === "'script'"
      ? undefined
      : `must be ["'script'"], or false`,
  ),
  sandbox: orFalse(findSandboxFault),
  trustedTypes: orFalse(findTypesFault),
  upgradeInsecureRequests: isBooleanOption,
  useDefaults: isBooleanOption,
};

function orFalse(rule: OptionRule): OptionRule {
  return (value) => (value === false ? undefined : rule(value));
}
