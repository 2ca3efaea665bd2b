import { ConfigurationError, Mark, routeMark, type RouteInfo, type RouteMark } from '@sluice/core';

const LEVELS = ['low', 'normal', 'high', 'always'] as const;

/** `low` is refused earlier than `normal`, the default; `high` later; `always` never. */
export type PriorityLevel = (typeof LEVELS)[number];

/** The mark of `@Priority`, for plain routes: `marks: [PRIORITY.of('high')]`. */
export const PRIORITY: RouteMark<PriorityLevel> = routeMark<PriorityLevel>('priority', {
  needs: (marks) => (marks.get(PRIORITY) === 'always' ? undefined : 'underPressure'),
});

/**
 * Sets how early `underPressure` refuses the requests of a class or a method. The priority of a method replaces that of
 * its class. Default: `normal`.
 *
 * @example @Priority('high')
 */
export function Priority(level: PriorityLevel): ClassDecorator & MethodDecorator {
  return Mark(PRIORITY, level);
}

/** The priority of a route. Throws ConfigurationError for one that does not exist, which no limit would refuse. */
export function readPriority({ marks, name }: RouteInfo): PriorityLevel {
  const given = marks.all(PRIORITY);
  if (given.every((level) => LEVELS.includes(level))) return given.at(-1) ?? 'normal';
  const list = LEVELS.map((level) => JSON.stringify(level)).join(', ');
  throw new ConfigurationError([
    {
      code: 'OPTION_INVALID',
      place: name,
      fault: `The priority must be one of ${list}.`,
      cure: 'Change it, or leave it out for the normal one.',
    },
  ]);
}
