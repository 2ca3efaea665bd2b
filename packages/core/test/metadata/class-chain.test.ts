import { findNearest, findNearestList, readBoth, readChain } from '../../src/metadata/class-chain';
import { StoredList } from '../../src/metadata/stored-record';

class Grandparent {}
class Parent extends Grandparent {}
class Child extends Parent {}

const chain = readChain(Child);
const list = new StoredList<string>('list');
list.prepend(['grandparent'], Grandparent);
list.prepend(['child 1', 'child 2'], Child);
list.prepend(['show of grandparent'], Grandparent.prototype, 'show');
list.prepend(['show of parent'], Parent.prototype, 'show');

describe('the chain of a class', () => {
  it('starts with the furthest parent', () => {
    expect(chain.map(({ type }) => type)).toEqual([Grandparent, Parent, Child]);
    expect(chain.map(({ prototype }) => prototype)).toEqual([
      Grandparent.prototype,
      Parent.prototype,
      Child.prototype,
    ]);
  });

  it('finds the value that is nearest to the class', () => {
    expect(findNearest(chain, ({ type }) => (type === Child ? undefined : type.name))).toBe('Parent');
    expect(findNearest(chain, () => undefined)).toBeUndefined();
  });

  it('finds the list that is nearest to the class', () => {
    expect(findNearestList(chain, list, 'show')).toEqual(['show of parent']);
    expect(findNearestList(chain, list, 'hide')).toEqual([]);
  });

  it('reads the list of the classes, then that of the method', () => {
    expect(readBoth(chain, list, 'show')).toEqual([
      { scope: 'controller', distance: 2, value: 'grandparent' },
      { scope: 'controller', distance: 0, value: 'child 1' },
      { scope: 'controller', distance: 0, value: 'child 2' },
      { scope: 'method', distance: 2, value: 'show of grandparent' },
      { scope: 'method', distance: 1, value: 'show of parent' },
    ]);
  });
});
