import { inspect, types } from 'node:util';
import { ConfigurationError } from '@sluice/core';
import type { Checked } from './describe-faults';

/** A part of a text with this many characters reveals it. A shorter text is hidden only if it is secret. */
const REVEALING_LENGTH = 6;

/**
 * Returns what a rule or a schema has thrown, or a problem in its place if a part of a text is in it:
 * `JSON.parse` and `new URL` write what they were given into their errors.
 */
export function hideThrown(error: unknown, checked: Checked): unknown {
  const { variables, settings, secrets, place } = checked;
  const shown = inspect(error);
  const isRevealed = [...variables.set].some(([name, { text }]) => {
    const isSecret = secrets.has(name);
    const isText = settings?.find((one) => one.name === name)?.isText ?? true;
    return (isSecret || (isText && text.length >= REVEALING_LENGTH)) && hasPart(shown, text);
  });
  if (!isRevealed) return error;
  const kind = types.isNativeError(error) ? error.constructor.name : 'something other than an error';
  const fault = `A rule or the schema threw ${kind}. It is not shown, because a part of a variable is in it.`;
  const cure = 'Change the variable, or let the rule refuse it instead of throwing.';
  return new ConfigurationError([{ code: 'CONFIG_INVALID', place, fault, cure }]);
}

function hasPart(shown: string, text: string): boolean {
  const size = Math.min(REVEALING_LENGTH, text.length);
  for (let start = 0; start + size <= text.length; start++)
    if (shown.includes(text.slice(start, start + size))) return true;
  return false;
}
