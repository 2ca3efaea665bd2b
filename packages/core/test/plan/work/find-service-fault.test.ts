import { createApp, type AppOptions, type Middleware, type Service } from '../../../src';

const DAILY: Service = { name: 'daily', start: () => undefined };
const AUDIT: Middleware = { name: 'audit', handle: (_context, next) => next() };

class Ticker {
  readonly name = 'ticker';
  start() {}
}

describe('a service', () => {
  it.each<[string, readonly unknown[], string, string]>([
    ['null', [null], 'null is not a service.', 'Write { name'],
    ['undefined', [undefined], 'undefined is not a service.', 'two files import each other'],
    ['a number', [5], 'A value of type number is not a service.', 'Write { name'],
    ['a promise', [Promise.resolve(DAILY)], 'A promise is not a service.', 'await'],
    ['a list', [[DAILY]], 'A list is not a service.', 'Write { name'],
    ['a class', [Ticker], 'The class Ticker is not a service.', 'new Ticker(…)'],
    ['a function', [function daily() {}], 'The function daily is not a service.', 'call it: daily(…)'],
    ['one without a name', [{ start: () => undefined }], 'A value of type object is not a service.', 'Write'],
    [
      'one with a bad list',
      [{ ...DAILY, providers: {} }],
      'providers of daily is not a list.',
      'providers: […]',
    ],
    ['one with a bad start', [{ name: 'a', start: true }], 'start of a is not a function.', 'leave it out'],
    ['one with a bad stop', [{ ...DAILY, stop: 5 }], 'stop of daily is not a function.', 'leave it out'],
    [
      'two of one name',
      [{ name: 'a' }, { name: 'a' }],
      'Another service has the name "a" too.',
      'List it once',
    ],
    ['the same twice', [DAILY, DAILY], 'Another service has the name "daily" too.', 'List it once'],
  ])('%s is a mistake', async (_name, services, fault, cure) => {
    const options = { services } as unknown as AppOptions;
    await expect(createApp(options)).rejects.toMatchObject({
      problems: [{ code: 'SERVICE_INVALID', fault, cure: expect.stringContaining(cure) }],
    });
  });

  it.each<[string, AppOptions, string, string]>([
    ['providers', { providers: [DAILY as never] }, 'PROVIDER_INVALID', 'services: [daily(…)]'],
    ['middleware', { middleware: [DAILY as never] }, 'MIDDLEWARE_INVALID', 'services: [daily(…)]'],
    ['services', { services: [AUDIT as never] }, 'SERVICE_INVALID', 'middleware: [audit(…)]'],
  ])('is sent to its own list from %s, and so is a middleware', async (_list, options, code, cure) => {
    await expect(createApp(options)).rejects.toMatchObject({
      problems: [{ code, cure: expect.stringContaining(cure) }],
    });
  });
});
