import { OnStart, OnStop } from '../../../src';
import { readLife } from '../../../src/plan/read/read-life';

class Store {
  readonly lines: string[] = [];
  @OnStart() open() {
    this.lines.push('open');
  }
  @OnStop() flush() {
    this.lines.push('flush');
  }
}

class Cache extends Store {
  @OnStart() warm() {
    this.lines.push('warm');
  }
  override flush() {
    this.lines.push('flush cache');
  }
  [Symbol.dispose]() {
    this.lines.push('dispose');
  }
}

describe('the life of an instance', () => {
  it("has the methods of its class, the parent's first, bound to the instance", () => {
    const value = new Cache();
    const { starts, stops, disposal } = readLife({ name: 'Cache', value })!;
    expect(starts.map(({ place }) => place)).toEqual(['Cache.open', 'Cache.warm']);
    expect(stops.map(({ place }) => place)).toEqual(['Cache.flush']);
    for (const { run } of [...starts, ...stops, disposal!]) run(Infinity);
    expect(value.lines).toEqual(['open', 'warm', 'flush cache', 'dispose']);
  });

  it('may have nothing but a disposal', () => {
    const life = readLife({ name: 'handle', value: { [Symbol.dispose]: () => undefined } });
    expect(life).toMatchObject({ starts: [], stops: [], disposal: { place: 'handle' } });
  });

  it.each([[{}], [5], [null], [undefined], [() => 1]])('is undefined for %p', (value) => {
    expect(readLife({ name: 'value', value })).toBeUndefined();
  });
});
