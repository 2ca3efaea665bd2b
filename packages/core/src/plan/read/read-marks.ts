import type { Problems } from '../../configuration/problems';
import { readBoth, type Owner } from '../../metadata/class-chain';
import { metadata } from '../../metadata/metadata';
import { NO_MARKS, RouteMarks, type MarkedValue, type PlacedMark } from '../../routing/route-mark';
import { freezeCopy } from '../freeze-copy';

/** Reads the marks of a class, its parents and the method, the furthest parent first. */
export function readMarks(chain: readonly Owner[], property: string | symbol): RouteMarks {
  return makeMarks(
    readBoth(chain, metadata.marks, property).map(({ scope, distance, value }) => ({
      ...value,
      scope,
      distance,
    })),
  );
}

/** Reads the marks of a plain route. */
export function readPlainMarks(marks: unknown, place: string, problems: Problems): RouteMarks {
  if (marks === undefined) return NO_MARKS;
  if (isMarkList(marks))
    return makeMarks(marks.map((one) => ({ ...one, scope: 'method' as const, distance: 0 })));
  const fault = 'The marks of a route must be a list of marked values.';
  problems.add('OPTION_INVALID', place, fault, 'Write marks: [MARK.of(value), …].');
  return NO_MARKS;
}

function isMarkList(value: unknown): value is readonly MarkedValue[] {
  return Array.isArray(value) && value.every((one: Partial<MarkedValue> | undefined) => one?.mark?.name);
}

function makeMarks(placed: readonly PlacedMark[]): RouteMarks {
  if (placed.length === 0) return NO_MARKS;
  return new RouteMarks(placed.map((one) => Object.freeze({ ...one, value: freezeCopy(one.value) })));
}
