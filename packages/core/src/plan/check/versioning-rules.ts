import { isOneOfOption, type OptionRule, type OptionRules } from '../../configuration/check-options';
import { isToken } from '../../http/headers/header-check';
import { isVersion, type Versioning } from '../../routing/versioning';

/** Makes the rules of the `versioning` option, which depend on its type. */
export function makeVersioningRules(type: unknown): OptionRules {
  return {
    type: { required: isOneOfOption(...Object.keys(RULES)) },
    defaultVersion: isDefaultVersion,
    ...(Object.hasOwn(RULES, String(type)) && RULES[type as Versioning['type']]),
  };
}

const isDefaultVersion: OptionRule = (value) =>
  isVersion(value) ? undefined : "must be the name of a version, such as '1'";
const isPathPrefix: OptionRule = (value) =>
  value === '' || isVersion(value) ? undefined : "must be letters and digits, such as 'v', or empty";
const isHeaderName: OptionRule = (value) =>
  typeof value === 'string' && isToken(value)
    ? undefined
    : "must be the name of a header, such as 'X-API-Version'";
const isParameterName: OptionRule = (value) =>
  typeof value === 'string' && isToken(value) && value.toLowerCase() !== 'q'
    ? undefined
    : "must be the name of a parameter, such as 'v', but not q";

const RULES: Readonly<Record<Versioning['type'], OptionRules>> = {
  path: { prefix: isPathPrefix },
  header: { header: { required: isHeaderName } },
  mediaType: { parameter: isParameterName },
};
