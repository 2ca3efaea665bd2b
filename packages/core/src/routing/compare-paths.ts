import type { PathPattern } from './path-pattern';

/**
 * Compares two patterns that match one path: negative if the engines try the first one first, 0 if they have equal
 * shapes. Undefined if no path matches both. Pure.
 */
export function comparePaths(
  { segments: one }: PathPattern,
  { segments: other }: PathPattern,
): number | undefined {
  const shorter = Math.min(one.length, other.length);
  let order = 0;
  for (let index = 0; index < shorter; index++) {
    const [first, second] = [one[index]!, other[index]!];
    order ||= rankSegment(first) - rankSegment(second);
    if (first === '*' || second === '*') return order;
    const isOpen = first.startsWith(':') || second.startsWith(':');
    if (!isOpen && first !== second) return undefined;
  }
  return one.length === other.length ? order : undefined;
}

/** The order in which the engines try the kinds of segment. */
function rankSegment(segment: string): number {
  return segment === '*' ? 2 : Number(segment.startsWith(':'));
}
