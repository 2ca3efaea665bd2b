import { ConfigurationError } from '@sluice/core';
import { SCHEMES, type Guard } from './guard';
import { makeGuard } from './make-guard';

/**
 * Joins guards, one of which is enough. They are tried in order, and the first that finds credentials of its kind
 * decides: its user is the user, and must meet the roles and scopes of the route. Invalid credentials are refused at
 * once, even if a later guard would admit the request. Without any credentials the answer is one 401 with the challenges
 * of all guards.
 *
 * @throws ConfigurationError OPTION_INVALID for fewer than two guards, for an argument that is not a guard, and for two guards that read the same credentials
 * @example anyOf(bearer({ verify: findByToken }), authenticate({ verify: findBySession }))
 */
export function anyOf(...guards: readonly Guard[]): Guard {
  checkGuards(guards);
  const schemes = guards.flatMap((guard) => guard[SCHEMES]);
  checkSources(schemes.flatMap(({ source }) => source ?? []));
  const name = `anyOf(${guards.map((guard) => guard.name).join(', ')})`;
  return makeGuard(name, { guards: guards.map(describeGuard) }, schemes);
}

/** The guard's name is under `guard`, because an option of `apiKey` is called `name`. */
function describeGuard({ name, options }: Guard): Readonly<Record<string, unknown>> {
  return { guard: name, ...options };
}

function checkGuards(guards: readonly (Partial<Guard> | undefined)[]): void {
  if (guards.length < 2) refuse('It has fewer than two guards.', EXAMPLE);
  const index = guards.findIndex((guard) => guard?.[SCHEMES] === undefined);
  if (index !== -1) refuse(`Argument ${index} is not a guard of @sluice/auth.`, EXAMPLE);
}

/** Credentials that the first guard refuses never reach a second one that reads the same. */
function checkSources(sources: readonly string[]): void {
  const repeated = sources.find((source, index) => sources.indexOf(source) !== index);
  if (repeated === undefined) return;
  refuse(
    `Two guards read the ${repeated}, so the second would never be used.`,
    'Write one guard whose verify tries both.',
  );
}

const EXAMPLE = 'Write anyOf(bearer({ … }), authenticate({ … })).';

function refuse(fault: string, cure: string): never {
  throw new ConfigurationError([{ code: 'OPTION_INVALID', place: 'anyOf()', fault, cure }]);
}
