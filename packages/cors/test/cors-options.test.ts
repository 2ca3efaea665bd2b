import { ConfigurationError } from '@sluice/core';
import { cors, type CorsOptions } from '../src';

function readProblems(options: unknown) {
  try {
    cors(options as CorsOptions);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

function readFault(options: unknown): string | undefined {
  return readProblems(options)[0]?.fault;
}

describe('the options of cors', () => {
  it('have printable defaults in the plan', () => {
    expect(cors().options).toEqual({
      allowOrigins: [],
      allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
      allowHeaders: [],
      allowCredentials: false,
      exposeHeaders: [],
      maxAge: 600,
      allowPrivateNetwork: false,
    });
  });

  it('show patterns and functions as text', () => {
    const partners = () => true;
    const { options } = cors({ allowOrigins: ['https://a.example', /b\.example/i, partners] });
    expect(options).toMatchObject({
      allowOrigins: ['https://a.example', '/b\\.example/i', 'function partners'],
    });
    expect(JSON.parse(JSON.stringify(options))).toEqual(options);
  });

  it('do not change when the list is changed later', () => {
    const allowOrigins = ['https://a.example'];
    const { options } = cors({ allowOrigins });
    allowOrigins.push('https://b.example');
    expect(options).toMatchObject({ allowOrigins: ['https://a.example'] });
  });

  it.each([
    'https://a.example',
    'http://localhost:3000',
    'http://[::1]:8080',
    'null',
    '*',
    'chrome-extension://abcdefghijklmnop',
    'capacitor://localhost',
    'https://xn--bcher-kva.example',
  ])('accept the origin %s', (origin) => {
    expect(readProblems({ allowOrigins: [origin] })).toEqual([]);
    expect(readProblems({ allowOrigins: origin })).toEqual([]);
  });

  it.each([
    ['https://a.example/', '"https://a.example"'],
    ['https://a.example/path', '"https://a.example"'],
    ['https://A.example', '"https://a.example"'],
    ['https://a.example:443', '"https://a.example"'],
    ['https://user@a.example', '"https://a.example"'],
    ['https://bücher.example', '"https://xn--bcher-kva.example"'],
    ['https://*.a.example', 'RegExp'],
    ['a.example', 'scheme://host'],
    ['localhost:3000', 'scheme://host'],
    ['', 'scheme://host'],
    ['https://', 'scheme://host'],
    ['https://a.example,https://b.example', 'must not contain'],
    ['https://a.example https://b.example', 'must not contain'],
  ])('reject the origin %j, and say what to write', (origin, cure) => {
    expect(readFault({ allowOrigins: [origin] })).toContain(cure);
  });

  it.each([[[7]], [true], [[undefined]], [{}], [null]])('reject %j as origins', (allowOrigins) => {
    expect(readFault({ allowOrigins })).toContain("must be '*', an origin, a RegExp, a function");
  });

  it('reject a method in lower case, and show it in upper case', () => {
    expect(readFault({ allowMethods: ['GET', 'patch'] })).toContain('write PATCH');
  });

  it.each([
    [{ allowMethods: 'GET' }],
    [{ allowMethods: ['GET '] }],
    [{ allowMethods: [7] }],
    [{ allowHeaders: ['X Y'] }],
    [{ allowHeaders: ['X-A: 1'] }],
    [{ allowHeaders: 'X-A' }],
    [{ exposeHeaders: ['X-A\r\nSet-Cookie'] }],
    [{ exposeHeaders: [''] }],
    [{ exposeHeaders: [undefined] }],
    [{ allowCredentials: 'yes' }],
    [{ allowPrivateNetwork: 1 }],
    [{ maxAge: -1 }],
    [{ maxAge: 1.5 }],
    [{ maxAge: '600' }],
    [{ maxAge: Infinity }],
  ])('reject %j', (options) => {
    expect(readProblems(options)).toMatchObject([{ code: 'OPTION_INVALID', place: 'cors()' }]);
  });

  it('reject an unknown name, and show the right one', () => {
    expect(readProblems({ allow_origins: [] })).toMatchObject([
      { code: 'OPTION_UNKNOWN', cure: 'Write allowOrigins instead.' },
    ]);
  });

  it.each([
    [{ allowOrigins: ['*'] }, "allowOrigins cannot be '*' with allowCredentials"],
    [{ allowOrigins: '*' }, "allowOrigins cannot be '*' with allowCredentials"],
    [{ allowOrigins: ['https://a.example', 'null'] }, "allowOrigins cannot contain 'null'"],
    [{ allowOrigins: ['https://a.example'], exposeHeaders: ['*'] }, "exposeHeaders cannot be '*'"],
  ])('reject credentials with %j', (options, fault) => {
    expect(readFault({ ...options, allowCredentials: true })).toContain(fault);
    expect(readProblems(options)).toEqual([]);
  });

  it('report all contradictions at once', () => {
    const options = { allowOrigins: ['*', 'null'], exposeHeaders: ['*'], allowCredentials: true };
    expect(readProblems(options)).toHaveLength(3);
  });

  it('allow every origin with credentials by a pattern', () => {
    expect(readProblems({ allowOrigins: /.*/, allowCredentials: true })).toEqual([]);
  });
});
