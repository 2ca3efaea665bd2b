import fc from 'fast-check';
import {
  applyChangedKeys,
  findChangedKeys,
  haveOthersChanged,
  mergeChanges,
} from '../../src/data/changed-keys';
import { formatData, parseData } from '../../src/data/session-json';

const ORIGINAL = '{"kept":1,"changed":{"deep":1},"deleted":1,"theirs":1}';
const MINE = '{"kept":1,"changed":{"deep":2},"theirs":1,"added":1}';

describe('the changed keys of a session', () => {
  it('are those that were added, changed at any depth, and removed', () => {
    expect(findChangedKeys(ORIGINAL, MINE)).toEqual([
      { key: 'changed', before: '{"deep":1}', after: '{"deep":2}' },
      { key: 'deleted', before: '1', after: undefined },
      { key: 'added', before: undefined, after: '1' },
    ]);
  });

  it('are merged into the latest data, and nothing else', () => {
    const latest = '{"kept":1,"changed":{"deep":1},"deleted":1,"theirs":2,"new":1}';
    expect(JSON.parse(mergeChanges(ORIGINAL, MINE, latest))).toEqual({
      kept: 1,
      changed: { deep: 2 },
      theirs: 2,
      new: 1,
      added: 1,
    });
  });

  it('make the one text of the other, whatever they hold', () => {
    const data = fc.dictionary(fc.string(), fc.jsonValue()).map(formatData);
    fc.assert(
      fc.property(data, data, (before, after) => {
        expect(parseData(mergeChanges(before, after, before))).toEqual(parseData(after));
      }),
    );
  });

  it.each<[latest: string, isConflict: boolean]>([
    ['{"a":1,"b":1}', false],
    ['{"a":1,"b":1,"c":3}', false],
    ['{"a":2,"b":1}', true],
    ['{"a":3,"b":1}', true],
    ['{"a":1,"b":2}', true],
    ['{"a":1}', true],
    ['{"b":1}', true],
  ])('conflict with a change of others, even to the same value: %s', (latest, isConflict) => {
    expect(haveOthersChanged(findChangedKeys('{"a":1,"b":1}', '{"a":2}'), parseData(latest))).toBe(
      isConflict,
    );
  });

  it('never reach the prototype', () => {
    const data = parseData('{}');
    applyChangedKeys([{ key: '__proto__', before: undefined, after: '{"isAdmin":true}' }], data);
    expect((data as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});
