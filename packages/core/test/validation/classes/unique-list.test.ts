import { ArrayUnique, validateSync } from 'class-validator';
import { readConstraints, readRules } from '../../../src/validation/classes/class-rules';
import { indexLongList } from '../../../src/validation/classes/unique-list';

class Plain {
  @ArrayUnique()
  list: unknown;
}

class Identified {
  @ArrayUnique((item: { id: unknown }) => item.id)
  list: unknown;
}

function isUnique(type: typeof Plain | typeof Identified, list: unknown): unknown {
  const [constraint] = readConstraints(readRules(type)[0]!);
  return constraint!.instance.validate(indexLongList(list), undefined);
}

/** More than the fast path needs. */
const NUMBERS = Array.from({ length: 40 }, (_, index) => index);
const shared = {};

describe('@ArrayUnique with a Map', () => {
  it.each<[string, unknown]>([
    ['different numbers', NUMBERS],
    ['one number twice', [...NUMBERS, 7]],
    ['a number and its text', [...NUMBERS, '7']],
    ['NaN', [...NUMBERS, NaN]],
    ['NaN twice', [...NUMBERS, NaN, NaN]],
    ['0 and -0', [...NUMBERS, -0]],
    ['null and undefined', [...NUMBERS, null, undefined]],
    ['null twice', [...NUMBERS, null, null]],
    ['undefined twice', [...NUMBERS, undefined, undefined]],
    ['two equal objects', [...NUMBERS, { a: 1 }, { a: 1 }]],
    ['one object twice', [...NUMBERS, shared, shared]],
    ['an empty place', Object.assign([...NUMBERS], { 50: 1000 })],
    ['a short list', [1, 1]],
    ['an empty list', []],
    ['a text', 'x'.repeat(50)],
    ['a Set', new Set(NUMBERS)],
    ['something like a list', { length: 40 }],
    ['nothing', undefined],
  ])('agrees with class-validator about %s', (_, list) => {
    const object = Object.assign(new Plain(), { list });
    expect(isUnique(Plain, list)).toBe(validateSync(object).length === 0);
  });

  it('compares what the identifier returns, and asks it once for each item', () => {
    const asked = jest.fn();
    const make = (id: number) => ({
      get id() {
        asked();
        return id;
      },
    });
    expect(isUnique(Identified, NUMBERS.map(make))).toBe(true);
    expect(asked).toHaveBeenCalledTimes(NUMBERS.length);
    expect(isUnique(Identified, [...NUMBERS, 7].map(make))).toBe(false);
    expect(
      isUnique(
        Identified,
        [...NUMBERS, null, null].map((id) => (id === null ? null : make(id))),
      ),
    ).toBe(false);
  });

  // With the square of its length, each of them would take half a minute or more.
  it.each([
    ['', Plain, (index: number) => index],
    [' with an identifier', Identified, (id: number) => ({ id })],
  ] as const)('takes a list of 300,000 items%s', (_, type, make) => {
    const list = Array.from({ length: 300_000 }, (_item, index) => make(index));
    expect(isUnique(type, list)).toBe(true);
    expect(isUnique(type, [...list, list[0]])).toBe(false);
  });
});
