import { applyChangedKeys, haveOthersChanged } from '../data/changed-keys';
import { formatData, parseData } from '../data/session-json';
import type { GatheredChange } from './gathered-changes';

/** Decides about a request that changes a key which another one has changed since it was read. */
export type OnConflict = 'refuse' | 'overwrite';

/** The changes of several requests, applied to one record. */
export interface MergedChanges {
  readonly json: string;
  readonly accepted: readonly GatheredChange[];
  /** Those that would overwrite what others have written. */
  readonly refused: readonly GatheredChange[];
}

/** Applies changes to the JSON of a record, one after the other. */
export function mergeGathered(
  changes: readonly GatheredChange[],
  latest: string,
  onConflict: OnConflict,
): MergedChanges {
  const data = parseData(latest);
  const accepted: GatheredChange[] = [];
  const refused: GatheredChange[] = [];
  for (const change of changes) {
    if (onConflict === 'refuse' && haveOthersChanged(change.keys, data)) refused.push(change);
    else {
      applyChangedKeys(change.keys, data);
      accepted.push(change);
    }
  }
  return { json: formatData(data), accepted, refused };
}
