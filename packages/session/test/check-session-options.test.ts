import { ConfigurationError, createApp, printPlan } from '@sluice/core';
import { memoryStore, session, type SessionOptions } from '../src';
import { SECRET } from './session-app';

function findProblems(options: unknown): ConfigurationError['problems'] {
  try {
    session(options as SessionOptions);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('the secret', () => {
  it.each([[undefined], [{}], [{ secretKey: undefined }], [{ secretKey: null }]])(
    'is required: %p is rejected, with the command that makes one',
    (options) => {
      const [problem, ...others] = findProblems(options);
      expect(others).toEqual([]);
      expect(problem).toMatchObject({
        code: 'OPTION_MISSING',
        place: 'session()',
        fault: 'secretKey is required.',
      });
      expect(problem!.cure).toContain('process.env.SESSION_SECRET');
      expect(problem!.cure).toContain("randomBytes(32).toString('base64url')");
    },
  );

  it.each([
    ['too short', 'x'.repeat(31), 'secretKey must have at least 32 bytes, but it has 31.'],
    ['too few bytes', new Uint8Array(31), 'it has 31'],
    ['an empty list', [], 'secretKey must hold at least one secret.'],
    ['a list with a short one', [SECRET, 'short'], 'but entry 2 has 5'],
    ['a list with something else', [SECRET, 5], 'but entry 2 is of type number'],
    ['a number', 123456789, 'must be a string, bytes, or a list of these, but it is of type number'],
  ])('is rejected if it is %s', (_, secretKey, fault) => {
    const [problem] = findProblems({ secretKey });
    expect(problem).toMatchObject({ code: 'OPTION_INVALID', place: 'session()' });
    expect(problem!.fault).toContain(fault);
    expect(problem!.cure).toContain('randomBytes(32)');
  });

  it.each([
    ['32 characters', 'x'.repeat(32)],
    ['32 bytes of fewer characters', 'ä'.repeat(16)],
    ['bytes', new Uint8Array(32)],
    ['a list', [SECRET, new Uint8Array(32)]],
  ])('may be %s', (_, secretKey) => expect(findProblems({ secretKey })).toEqual([]));

  it('does not appear in the plan or in a message', async () => {
    const app = await createApp({ middleware: [session({ secretKey: [SECRET], store: memoryStore() })] });
    expect(JSON.stringify(app.plan)).not.toContain(SECRET);
    expect(printPlan(app.plan)).not.toContain(SECRET);
    expect(session({ secretKey: SECRET }).options).toEqual({
      sessionCookie: 'session',
      maxAge: 1209600,
      path: '/',
      sameSite: 'lax',
      httpsOnly: false,
      partitioned: false,
      encrypt: false,
      rolling: false,
      maxCookieSize: 3072,
      keepCacheControl: false,
      store: false,
    });
    expect(JSON.stringify(findProblems({ secretKey: 'short-but-secret', maxage: 1 }))).not.toContain(
      'short-but-secret',
    );
  });
});

describe('start-up', () => {
  it.each<[object, string]>([
    [{ maxage: 5 }, 'OPTION_UNKNOWN'],
    [{ maxAge: 1.5 }, 'OPTION_INVALID'],
    [{ maxAge: '60' }, 'OPTION_INVALID'],
    [{ maxAge: -2 }, 'OPTION_INVALID'],
    [{ maxAge: 400 * 86400 + 1 }, 'OPTION_INVALID'],
    [{ idleTimeout: 0 }, 'OPTION_INVALID'],
    [{ absoluteTimeout: 0.5 }, 'OPTION_INVALID'],
    [{ idleTimeout: 10, absoluteTimeout: 5 }, 'OPTION_INVALID'],
    [{ maxCookieSize: 255 }, 'OPTION_INVALID'],
    [{ maxCookieSize: 4097 }, 'OPTION_INVALID'],
    [{ sameSite: 'Lax' }, 'OPTION_INVALID'],
    [{ sameSite: 'none' }, 'OPTION_INVALID'],
    [{ partitioned: true }, 'OPTION_INVALID'],
    [{ httpsOnly: 'yes' }, 'OPTION_INVALID'],
    [{ rolling: 1 }, 'OPTION_INVALID'],
    [{ keepCacheControl: 'yes' }, 'OPTION_INVALID'],
    [{ sessionCookie: 'a b' }, 'OPTION_INVALID'],
    [{ sessionCookie: '' }, 'OPTION_INVALID'],
    [{ sessionCookie: 'a=b' }, 'OPTION_INVALID'],
    [{ sessionCookie: '__Host-id' }, 'OPTION_INVALID'],
    [{ sessionCookie: '__Http-id' }, 'OPTION_INVALID'],
    [{ sessionCookie: '__Host-Http-id', httpsOnly: true, path: '/app' }, 'OPTION_INVALID'],
    [{ sessionCookie: '__Host-id', httpsOnly: true, path: '/app' }, 'OPTION_INVALID'],
    [{ sessionCookie: '__Host-id', httpsOnly: true, domain: 'example.com' }, 'OPTION_INVALID'],
    [{ sessionCookie: '__Secure-id' }, 'OPTION_INVALID'],
    [{ path: 'app' }, 'OPTION_INVALID'],
    [{ path: '/; Secure' }, 'OPTION_INVALID'],
    [{ path: '/\r\nX: y' }, 'OPTION_INVALID'],
    [{ domain: 'example.com; Secure' }, 'OPTION_INVALID'],
    [{ domain: '' }, 'OPTION_INVALID'],
    [{ store: {} }, 'OPTION_INVALID'],
    [{ store: null }, 'OPTION_INVALID'],
    [{ store: { get() {}, set() {}, destroy() {} } }, 'OPTION_INVALID'],
    [{ store: memoryStore(), encrypt: true }, 'OPTION_INVALID'],
  ])('rejects %j', (options, code) => {
    const problems = findProblems({ secretKey: SECRET, ...options });
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]!.place).toBe('session()');
    expect(problems[0]!.cure).not.toBe('');
  });

  it('reports all mistakes together', () => {
    const codes = findProblems({ maxAge: 'x', unknown: 1 }).map(({ code }) => code);
    expect(codes).toEqual(['OPTION_MISSING', 'OPTION_UNKNOWN', 'OPTION_INVALID']);
  });

  it.each([
    { sessionCookie: '__Host-id', httpsOnly: true },
    { sessionCookie: '__Host-Http-id', httpsOnly: true },
    { sessionCookie: '__Secure-id', httpsOnly: true, domain: 'example.com', path: '/app' },
    { sameSite: 'none', httpsOnly: true, partitioned: true },
    { maxAge: null },
    { maxAge: -1 },
    { maxAge: 0 },
    { domain: '.example.com' },
    { domain: undefined, path: undefined },
    { maxAge: 400 * 86400 },
    { idleTimeout: 1, absoluteTimeout: 1 },
    { maxCookieSize: 256 },
    { maxCookieSize: 4096 },
  ])('accepts %j', (options) => expect(findProblems({ secretKey: SECRET, ...options })).toEqual([]));
});

describe('httpsOnly', () => {
  it('has a notice for clients that use HTTPS, unless it is given', () => {
    const findNotice = (options: Partial<SessionOptions>) =>
      session({ secretKey: SECRET, ...options }).noticeOverHttps;
    expect(findNotice({ sessionCookie: 'sid' })).toMatch(/"sid" over plain HTTP too.*httpsOnly: true/);
    expect(findNotice({ httpsOnly: undefined } as object)).toBeDefined();
    expect([findNotice({ httpsOnly: true }), findNotice({ httpsOnly: false })]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
