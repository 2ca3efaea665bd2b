import fc from 'fast-check';
import { mergeVary } from '../../../src/http/headers/vary';

const fields = fc.constantFrom('Origin', 'origin', 'Accept', 'ACCEPT', 'Cookie', 'X-A', '*');
const lists = fc.array(fields, { maxLength: 5 }).map((list) => list.join(', '));

function read(vary: string): Set<string> {
  const names = vary.split(',').flatMap((name) => name.trim().toLowerCase() || []);
  return new Set(names.includes('*') ? ['*'] : names);
}

describe('merging any Vary fields', () => {
  it('keeps every name once, or * alone', () => {
    fc.assert(
      fc.property(lists, lists, (current, added) => {
        const merged = mergeVary(current, added);
        expect(read(merged)).toEqual(read(`${current},${added}`));
      }),
    );
  });

  it('is idempotent and does not depend on the order', () => {
    fc.assert(
      fc.property(lists, lists, lists, (one, two, three) => {
        const merged = mergeVary(mergeVary(one, two), three);
        expect(mergeVary(merged, two)).toBe(merged);
        expect(read(mergeVary(mergeVary(three, two), one))).toEqual(read(merged));
      }),
    );
  });
});
