import type { ConfigurationProblem } from '../../configuration/configuration-error';
import type { MarkedValue } from '../../routing/route-mark';
import { NO_MARKS, RouteMarks, type PlacedMark } from '../../routing/route-marks';
import { read } from '../../metadata/records';
import { readBoth, type Owner } from '../../metadata/class-chain';
import { freezeCopy } from '../freeze-copy';
import type { PlainRoute } from '../route-definition';

/** What a class, its parents and the method say about a route, the furthest first. */
export function readMarks(chain: readonly Owner[], property: string | symbol): RouteMarks {
  return makeMarks(readBoth(chain, property, read.marks).map(({ scope, value }) => ({ ...value, scope })));
}

/** What a plain route says about itself. Adds to `problems` what is no mark. */
export function readPlainMarks(
  { marks = [] }: PlainRoute,
  place: string,
  problems: ConfigurationProblem[],
): RouteMarks {
  const listed: readonly MarkedValue[] = Array.isArray(marks) ? (marks as MarkedValue[]) : [];
  if (listed === marks && listed.every((one: Partial<MarkedValue> | undefined) => one?.mark?.name))
    return makeMarks(listed.map((one) => ({ ...one, scope: 'method' as const })));
  const fault = 'marks of a route must be a list of marked values.';
  problems.push({ code: 'OPTION_INVALID', place, fault, cure: 'Write marks: [MARK.of(value), …].' });
  return NO_MARKS;
}

function makeMarks(placed: readonly PlacedMark[]): RouteMarks {
  if (placed.length === 0) return NO_MARKS;
  return new RouteMarks(placed.map((one) => Object.freeze({ ...one, value: freezeCopy(one.value) })));
}
