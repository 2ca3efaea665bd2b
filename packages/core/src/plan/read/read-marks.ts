import type { Problems } from '../../configuration/problems';
import { readBoth, type Owner } from '../../metadata/class-chain';
import { metadata } from '../../metadata/metadata';
import {
  NO_MARKS,
  RouteMarks,
  type MarkedValue,
  type MarkScope,
  type PlacedMark,
} from '../../routing/route-mark';
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
  return makeMarks(placeMarks(marks, 'method', place, problems));
}

/** Reads the marks of a plain route or of a controller without a class. */
export function placeMarks(
  marks: unknown,
  scope: MarkScope,
  place: string,
  problems: Problems,
): readonly PlacedMark[] {
  if (marks === undefined) return [];
  if (isMarkList(marks)) return marks.map((one) => ({ ...one, scope, distance: 0 }));
  const owner = scope === 'method' ? 'a route' : 'a controller';
  const fault = `The marks of ${owner} must be a list of marked values.`;
  problems.add('OPTION_INVALID', place, fault, 'Write marks: [MARK.of(value), …].');
  return [];
}

function isMarkList(value: unknown): value is readonly MarkedValue[] {
  return Array.isArray(value) && value.every((one: Partial<MarkedValue> | undefined) => one?.mark?.name);
}

/** Freezes the marks; those that are nearer come later. */
export function makeMarks(placed: readonly PlacedMark[]): RouteMarks {
  if (placed.length === 0) return NO_MARKS;
  return new RouteMarks(placed.map((one) => Object.freeze({ ...one, value: freezeCopy(one.value) })));
}
