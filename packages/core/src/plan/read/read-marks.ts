import type { Problems } from '../../configuration/problems';
import { NO_MARKS, RouteMarks, type MarkedValue, type PlacedMark } from '../../routing/route-mark';
import { metadata } from '../../metadata/metadata';
import { readBoth, type Owner } from '../../metadata/class-chain';
import { freezeCopy } from '../freeze-copy';
import type { PlainRoute } from '../route-definition';

/** What a class, its parents and the method say about a route, the furthest first. */
export function readMarks(chain: readonly Owner[], property: string | symbol): RouteMarks {
  return makeMarks(
    readBoth(chain, metadata.marks, property).map(({ scope, value }) => ({ ...value, scope })),
  );
}

/** What a plain route says about itself. */
export function readPlainMarks({ marks = [] }: PlainRoute, place: string, problems: Problems): RouteMarks {
  const listed: readonly MarkedValue[] = Array.isArray(marks) ? (marks as MarkedValue[]) : [];
  if (listed === marks && listed.every((one: Partial<MarkedValue> | undefined) => one?.mark?.name))
    return makeMarks(listed.map((one) => ({ ...one, scope: 'method' as const })));
  const fault = 'marks of a route must be a list of marked values.';
  problems.add('OPTION_INVALID', place, fault, 'Write marks: [MARK.of(value), …].');
  return NO_MARKS;
}

function makeMarks(placed: readonly PlacedMark[]): RouteMarks {
  if (placed.length === 0) return NO_MARKS;
  return new RouteMarks(placed.map((one) => Object.freeze({ ...one, value: freezeCopy(one.value) })));
}
