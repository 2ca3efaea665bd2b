import { ConfigurationError } from '@sluice/core';
import { WAYS_IN, type Guard } from './guard';
import { makeGuard } from './make-guard';

/**
 * Lets in whom one of the guards lets in: the first, as they are written, that finds credentials of its kind. Its user
 * counts, and what the route asks of roles and scopes is asked of that user. Credentials that are not good are refused
 * at once, whoever might be found by a later guard. Who has none gets one 401 with the challenges of all.
 *
 * @throws ConfigurationError OPTION_INVALID for fewer than two guards, for what is no guard, and for two that read the same credentials
 * @example anyOf(bearer({ verify: findByToken }), authenticate({ verify: findBySession }))
 */
export function anyOf(...guards: readonly Guard[]): Guard {
  checkGuards(guards);
  const waysIn = guards.flatMap((guard) => guard[WAYS_IN]);
  checkSources(waysIn.flatMap(({ scheme }) => scheme.source ?? []));
  const name = `anyOf(${guards.map((guard) => guard.name).join(', ')})`;
  return makeGuard(name, { guards: guards.map(describeGuard) }, waysIn);
}

/** An option of a key's guard is called name, too. */
function describeGuard({ name, options }: Guard): Readonly<Record<string, unknown>> {
  return { guard: name, ...options };
}

function checkGuards(guards: readonly (Partial<Guard> | undefined)[]): void {
  if (guards.length < 2) refuse('It has fewer than two guards.', EXAMPLE);
  const index = guards.findIndex((guard) => guard?.[WAYS_IN] === undefined);
  if (index !== -1) refuse(`Argument ${index} is no guard of @sluice/auth.`, EXAMPLE);
}

/** The later one would never be asked: what the earlier refuses is refused. */
function checkSources(sources: readonly string[]): void {
  const twice = sources.find((source, index) => sources.indexOf(source) !== index);
  if (twice === undefined) return;
  refuse(
    `Two guards read the ${twice}, so the second is never asked.`,
    'Make them one, whose verify tries both.',
  );
}

const EXAMPLE = 'Write anyOf(bearer({ … }), authenticate({ … })).';

function refuse(fault: string, cure: string): never {
  throw new ConfigurationError([{ code: 'OPTION_INVALID', place: 'anyOf()', fault, cure }]);
}
