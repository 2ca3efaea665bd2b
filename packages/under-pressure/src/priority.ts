import { Mark, routeMark, type RouteMark } from '@sluice/core';

/** `high` passes longer, `low` is refused earlier, and `always` is never refused. */
export type PriorityLevel = 'low' | 'normal' | 'high' | 'always';

/** The mark of `@Priority`, for plain routes: `marks: [PRIORITY.of('high')]`. */
export const PRIORITY: RouteMark<PriorityLevel> = routeMark<PriorityLevel>('priority', {
  needs: (marks) => (marks.get(PRIORITY) === 'always' ? undefined : 'underPressure'),
});

/**
 * Says how early `underPressure` refuses the requests of a class or a method. The method's word counts before the class's.
 *
 * @example @Priority('high')
 */
export function Priority(level: PriorityLevel): ClassDecorator & MethodDecorator {
  return Mark(PRIORITY, level);
}
