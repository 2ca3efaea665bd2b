import { createApp, type Context, type Logger } from '../../src';
import { toError } from '../../src/http/to-error';

describe('a thrown value', () => {
  it('stays the same if it is an Error', () => {
    const error = new TypeError('x');
    expect(toError(error)).toBe(error);
  });

  it.each<[unknown, string]>([
    [{ code: 'E_PAID' }, "of type object was thrown instead of an Error: { code: 'E_PAID' }"],
    ['text', "of type string was thrown instead of an Error: 'text'"],
    [undefined, 'of type undefined was thrown instead of an Error: undefined'],
    [null, 'of type object was thrown instead of an Error: null'],
    [{ a: { b: [1] } }, '{ a: { b: [ 1 ] } }'],
    [Object.create(null), '[Object: null prototype] {}'],
  ])('is shown by the message of its Error: %p', (thrown, message) => {
    expect(toError(thrown).message).toContain(message);
    expect(toError(thrown).cause).toBe(thrown);
  });

  it('is cut if it is long, and printed in one line', () => {
    const { message } = toError({ list: Array.from({ length: 90 }, () => 'x'.repeat(5000)) });
    expect(message.length).toBeLessThan(1100);
    expect(message).not.toContain('\n');
  });
});

describe('a logger', () => {
  /** Prints what pino prints: an Error as its type, message and stack, a text as the message, and nothing after it. */
  function makePinoLike() {
    const lines: { msg?: string; err?: string }[] = [];
    const error = (first: unknown, message?: string): void => {
      if (first instanceof Error)
        lines.push({ err: `${first.name}: ${first.message}`, msg: message ?? first.message });
      else if (typeof first === 'object') lines.push({ msg: message ?? '' });
      else lines.push({ msg: `${first as string}` });
    };
    const logger: Logger = { info() {}, warn() {}, error };
    return { logger, lines };
  }

  async function run(handler: (context: Context) => unknown) {
    const { logger, lines } = makePinoLike();
    const app = await createApp({ routes: [{ method: 'GET', path: '/', handler, name: 'pay' }], logger });
    await app.inject({ url: '/' });
    await app.close();
    return lines;
  }

  const reject = (thrown: unknown) => Promise.reject(thrown);

  it.each([
    ['a handler', () => reject({ code: 'E_PAID' }), / failed: urn:uuid/],
    [
      'a background task',
      (context: Context) => context.background(() => reject({ code: 'E_PAID' })),
      /^A background task of .+ failed$/,
    ],
    [
      'a clean-up',
      (context: Context) => context.onCleanup(() => reject('E_PAID')),
      /^A clean-up of .+ failed$/,
    ],
  ])(
    'shows the value and the place if %s throws something that is not an Error',
    async (_, handler, place) => {
      expect(await run(handler)).toEqual([
        { err: expect.stringContaining('E_PAID'), msg: expect.stringMatching(place) },
      ]);
    },
  );
});
