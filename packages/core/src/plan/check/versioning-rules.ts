import { isOneOfOption, type OptionRule, type OptionRules } from '../../configuration/check-options';
import { isToken } from '../../http/headers/header-check';
import { isVersion, type Versioning } from '../../routing/versioning';

/** What `versioning` may have: that depends on its type. */
export function makeVersioningRules(type: unknown): OptionRules {
  return {
    type: { required: isOneOfOption(...Object.keys(RULES)) },
    defaultVersion: isDefaultVersion,
    ...(Object.hasOwn(RULES, String(type)) && RULES[type as Versioning['type']]),
  };
}

const isDefaultVersion: OptionRule = (value) =>
  isVersion(value) ? undefined : "must be the name of a version, as in '1'";
const isPathPrefix: OptionRule = (value) =>
  value === '' || isVersion(value) ? undefined : "must be letters and digits, as in 'v', or empty";
const isHeaderName: OptionRule = (value) =>
  typeof value === 'string' && isToken(value)
    ? undefined
    : "must be the name of a header, as in 'X-API-Version'";
const isParameterName: OptionRule = (value) =>
  typeof value === 'string' && isToken(value) && value.toLowerCase() !== 'q'
    ? undefined
    : "must be the name of a parameter, as in 'v', and not q";

const RULES: Readonly<Record<Versioning['type'], OptionRules>> = {
  path: { prefix: isPathPrefix },
  header: { header: { required: isHeaderName } },
  mediaType: { parameter: isParameterName },
};
