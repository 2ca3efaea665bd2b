import type { Fault } from '../../configuration/configuration-error';
import { isToken } from '../../http/headers/header-check';
import type { ParameterRecord } from '../../metadata/records';

/** Blanks around a name belong to the header (RFC 6265bis §5.7), and these characters end it. */
const COOKIE_NAME = /^(?! )[^;=\p{Cc}]+(?<! )$/u;

/** Finds a name that no request can have, so that its value would always be undefined. */
export function findNameFault({ kind, name }: Pick<ParameterRecord, 'kind' | 'name'>): Fault | undefined {
  if (kind === 'header' && !isToken(name))
    return {
      fault: `${JSON.stringify(name)} is not a name of a header, so no request has it.`,
      cure: "Write a name such as 'accept-language' (RFC 9110 §5.1).",
    };
  if (kind === 'cookie' && !COOKIE_NAME.test(name))
    return {
      fault: `${JSON.stringify(name)} is not a name of a cookie, so no request has it.`,
      cure: "Write a name such as 'theme', without ';', '=' and blanks around it.",
    };
  return undefined;
}
