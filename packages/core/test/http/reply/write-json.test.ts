import { z } from 'zod';
import {
  Catch,
  Controller,
  createApp,
  created,
  Get,
  json,
  jsonLines,
  Returns,
  sse,
  sseEvent,
  type JsonOptions,
} from '../../../src';
import { formatJson, makeWriteJson } from '../../../src/http/reply/write-json';
import { makeLogger } from '../../make-logger';

class Money {
  #cents = 5;
  get cents(): number {
    return this.#cents;
  }
}
class Amount {
  constructor(private readonly text: string) {}
  toJSON(): string {
    return `${this.text} (toJSON)`;
  }
  toFixed(): string {
    return this.text;
  }
}
class Empty {}
class User {
  name = 'Ada';
  get upper(): string {
    return this.name.toUpperCase();
  }
}

const circle: { name: string; list: unknown[] } = { name: 'a', list: [] };
circle.list.push({ back: circle });
const shared = { name: 'shared' };

describe('a value that JSON cannot express', () => {
  const inDevelopment = makeWriteJson(undefined, true);

  it.each<[string, unknown, string]>([
    ['a BigInt', { user: { ids: [1, 2n] } }, '/user/ids/1 is a BigInt'],
    ['a BigInt as the whole value', 5n, 'the whole value is a BigInt'],
    ['a circle', circle, '/list/0/back refers back to an object around it'],
  ])('is named with its place, in production, too: %s', (_, value, fault) => {
    expect(() => inDevelopment(value)).toThrow(`The reply cannot be written as JSON: ${fault}`);
    expect(() => formatJson(value)).toThrow(`The reply cannot be written as JSON: ${fault}`);
  });

  it.each<[string, unknown, string]>([
    ['a Map', { 'a/b~c': new Map() }, '/a~1b~0c is of type Map, which would be {}'],
    ['a Set', [{ tags: new Set(['a']) }], '/0/tags is of type Set'],
    ['a promise', { user: Promise.resolve(1) }, '/user is a promise'],
    ['a thenable', { user: { then: () => 1 } }, '/user is a promise'],
    ['an instance that hides its content', { price: new Money() }, '/price is of type Money'],
    ['an error', { results: [{ reason: new Error('secret') }] }, '/results/0/reason is of type Error'],
    ['a pattern', { pattern: /a/ }, '/pattern is of type RegExp'],
    ['bytes', { bytes: new Uint8Array(2) }, '/bytes is of type Uint8Array'],
    ['parameters of a URL', { query: new URLSearchParams('a=1') }, '/query is of type URLSearchParams'],
    ['a Map as the whole value', new Map(), 'the whole value is of type Map'],
  ])('is an error in development: %s', (_, value, fault) => {
    expect(() => inDevelopment(value)).toThrow(`The reply cannot be written as JSON: ${fault}`);
  });

  it.each<[string, unknown]>([
    ['Return json(value, { status, headers })', Response.json({ a: 1 })],
    ['Await it.', { user: Promise.resolve(1) }],
    ['Write async *', (function* () {})()],
    ['Return its content', new Map()],
  ])('says what to write: %s', (cure, value) => {
    expect(() => inDevelopment(value)).toThrow(cure);
  });

  it.each<[unknown]>([
    [{ a: [1, null, 'x', true, undefined], at: new Date(0), empty: {}, none: [], gone: undefined }],
    [{ amount: new Amount('1.50'), user: new User(), nothing: new Empty(), boxed: Object(5) as unknown }],
    [[shared, shared, { shared }]],
    [Object.assign(Object.create(null) as object, { bytes: Buffer.from('a') })],
    [[]],
    [{}],
    ['text'],
  ])('does not include %j, which is written alike in development and production', (value) => {
    expect(inDevelopment(value)).toBe(JSON.stringify(value));
    expect(formatJson(value)).toBe(JSON.stringify(value));
  });

  it('is not looked for in production before JSON.stringify throws', () => {
    expect(formatJson({ tags: new Set(['a']) })).toBe('{"tags":{}}');
  });

  it('keeps an error of toJSON', () => {
    const broken = {
      toJSON() {
        throw new RangeError('of the program');
      },
    };
    expect(() => inDevelopment({ broken })).toThrow('of the program');
    expect(() => formatJson({ broken })).toThrow('of the program');
  });
});

describe.each([true, false])('the option (development: %p)', (development) => {
  const write = (value: unknown, options: JsonOptions) => makeWriteJson(options, development)(value);

  it('`bigint` writes texts, or numbers where they are exact', () => {
    const most = BigInt(Number.MAX_SAFE_INTEGER);
    expect(write({ id: 2n ** 64n }, { bigint: 'string' })).toBe('{"id":"18446744073709551616"}');
    expect(write([1n, -most], { bigint: 'number' })).toBe('[1,-9007199254740991]');
    expect(() => write({ ids: [most + 1n] }, { bigint: 'number' })).toThrow('/ids/0 is a BigInt');
  });

  const serialize = (value: object): unknown => {
    if (value instanceof Amount) return value.toFixed();
    if (value instanceof Map) return Object.fromEntries(value);
    if (value instanceof Set) return [...(value as Set<unknown>)];
    if (value instanceof Money) return value.cents;
    if (value instanceof Date) return value.getTime();
    if (value instanceof User) return new Date(0);
    if (value instanceof Empty) return undefined;
    return value;
  };

  it('`serialize` comes before toJSON, and its result is written like any other value', () => {
    const value = {
      amount: new Amount('1.50'),
      map: new Map([['a', new Set([new Money()])]]),
      at: new Date(5),
      user: new User(),
      nothing: new Empty(),
      bytes: Buffer.from('a'),
    };
    expect(write(value, { serialize })).toBe(
      '{"amount":"1.50","map":{"a":[5]},"at":5,"user":"1970-01-01T00:00:00.000Z","bytes":{"type":"Buffer","data":[97]}}',
    );
    expect(write(new Map([['a', 1n]]), { serialize, bigint: 'string' })).toBe('{"a":"1"}');
  });
});

describe('createApp({ json })', () => {
  @Controller('/')
  class JsonController {
    @Get('/value') value() {
      return { id: 1n };
    }
    @Get('/reply') reply() {
      return json({ id: 1n });
    }
    @Get('/created') create() {
      return created({ id: 1n });
    }
    @Get('/later') async later() {
      return Promise.resolve([1n]);
    }
    @Get('/lines') lines() {
      return jsonLines([{ id: 1n }, 2n]);
    }
    @Get('/events') events() {
      return sse([{ id: 1n }, sseEvent([2n])]);
    }
    @Get('/returns') @Returns(z.object({ id: z.bigint() })) returns() {
      return { id: 1n };
    }
    @Get('/caught') caught() {
      throw new RangeError('a');
    }
    @Catch(RangeError) handle() {
      return { id: 1n };
    }
  }

  const RESULTS: readonly (readonly [string, string])[] = [
    ['/value', '{"id":"1"}'],
    ['/reply', '{"id":"1"}'],
    ['/created', '{"id":"1"}'],
    ['/later', '["1"]'],
    ['/lines', '{"id":"1"}\n"2"\n'],
    ['/events', 'data: {"id":"1"}\n\ndata: ["2"]\n\n'],
    ['/returns', '{"id":"1"}'],
    ['/caught', '{"id":"1"}'],
  ];

  it.each(RESULTS)('applies to every way to send JSON: %s', async (url, body) => {
    const app = await createApp({ controllers: [JsonController], json: { bigint: 'string' } });
    expect((await app.inject({ url })).text()).toBe(body);
  });

  it('applies to a formatError', async () => {
    const app = await createApp({ json: { bigint: 'string' }, formatError: () => ({ id: 1n }) });
    expect((await app.inject({ url: '/none' })).text()).toBe('{"id":"1"}');
  });

  it('belongs to the application that was mounted, which may have none', async () => {
    const outer = await createApp({ json: { bigint: 'string' } });
    outer.mount('/own', await createApp({ controllers: [JsonController], json: { bigint: 'number' } }));
    outer.mount('/outer', await createApp({ controllers: [JsonController] }));
    expect((await outer.inject({ url: '/own/value' })).text()).toBe('{"id":1}');
    expect((await outer.inject({ url: '/outer/value' })).text()).toBe('{"id":"1"}');
  });

  it.each(RESULTS.map(([url]) => url).filter((url) => !['/lines', '/events'].includes(url)))(
    'is named by the 500 of a BigInt without it: %s',
    async (url) => {
      const logger = makeLogger();
      const app = await createApp({ controllers: [JsonController], logger, development: false });
      const response = await app.inject({ url });
      expect([response.status, response.text().includes('BigInt')]).toEqual([500, false]);
      expect(String(logger.errors)).toMatch(/\/(?:id|0) is a BigInt.*json: \{ bigint: 'string' \}/);
    },
  );

  it.each<[unknown, string]>([
    [{ bigints: 'string' }, 'OPTION_UNKNOWN'],
    [{ bigint: 'text' }, 'OPTION_INVALID'],
    [{ serialize: true }, 'OPTION_INVALID'],
  ])('refuses to start with %j', async (options, code) => {
    await expect(createApp({ json: options as JsonOptions })).rejects.toThrow(code);
  });
});
