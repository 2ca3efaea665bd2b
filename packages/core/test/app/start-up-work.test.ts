import { All, Controller, createApp, Injectable, type AppOptions } from '../../src';

const reads = jest.spyOn(Reflect, 'getOwnMetadata');

/** Makes controllers of one route, each with a dependency of its own. */
function makeOptions(count: number): Required<Pick<AppOptions, 'controllers' | 'providers'>> {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const services = numbers.map(() => class Service {});
  const controllers = services.map((service, index) => {
    class ItemController {
      constructor(readonly service: object) {}
      show() {
        return 'item';
      }
    }
    All(`/items-${index}`)(ItemController.prototype, 'show', { value: () => 'item' });
    Reflect.defineMetadata('design:paramtypes', [service], ItemController);
    Controller('/')(ItemController);
    return ItemController;
  });
  for (const service of services) Injectable()(service);
  return { controllers, providers: services.map((service) => ({ token: service, useClass: service })) };
}

async function countReads(count: number): Promise<number> {
  const options = makeOptions(count);
  reads.mockClear();
  await createApp(options);
  return reads.mock.calls.length;
}

describe('the work of starting up', () => {
  it('doubles when 1,000 routes become 2,000: no check compares each route with all others', async () => {
    const [first, second, third] = [await countReads(500), await countReads(1000), await countReads(2000)];
    expect(first).toBeGreaterThan(500);
    expect(third - second).toBe(2 * (second - first));
  });
});
