import * as errors from '../../../src/http/status/http-error';

const { HttpError, methodNotAllowed } = errors;

describe('an HttpError', () => {
  it('has a status, a code, a message and a type', () => {
    const error = new HttpError(404);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'HttpError',
      status: 404,
      code: 'not_found',
      message: 'Not Found',
      detail: undefined,
      headers: undefined,
      errors: undefined,
      type: 'about:blank',
    });
  });

  it('accepts a detail, or all fields', () => {
    expect(new HttpError(409, 'The name is taken.')).toMatchObject({
      message: 'The name is taken.',
      detail: 'The name is taken.',
      code: 'conflict',
    });
    const cause = new Error('inner');
    const init = {
      code: 'x',
      detail: 'd',
      headers: { A: 'b' },
      type: 'https://a.example/x',
      cause,
      errors: [],
    };
    expect(new HttpError(409, init)).toMatchObject(init);
  });

  it.each([0, 199, 600, 404.5, NaN, '404', undefined])('refuses the status %p', (status) => {
    expect(() => new HttpError(status as never)).toThrow(RangeError);
  });

  it.each([
    [413, 'content_too_large', 'Content Too Large'],
    [422, 'unprocessable_content', 'Unprocessable Content'],
    [501, 'not_implemented', 'Not Implemented'],
    [599, 'unknown', 'Unknown'],
  ])('names %i with the words of RFC 9110', (status, code, message) => {
    expect(new HttpError(status)).toMatchObject({ code, message });
  });
});

describe('the factories', () => {
  it.each([
    ['badRequest', 400],
    ['unauthorized', 401],
    ['forbidden', 403],
    ['notFound', 404],
    ['notAcceptable', 406],
    ['conflict', 409],
    ['gone', 410],
    ['preconditionFailed', 412],
    ['contentTooLarge', 413],
    ['unsupportedMediaType', 415],
    ['unprocessableContent', 422],
    ['tooManyRequests', 429],
    ['internalServerError', 500],
    ['notImplemented', 501],
    ['badGateway', 502],
    ['serviceUnavailable', 503],
    ['gatewayTimeout', 504],
  ] as const)('%s makes %i', (name, status) => {
    expect(errors[name]('why')).toMatchObject({ status, detail: 'why' });
    expect(errors[name]()).toBeInstanceOf(HttpError);
  });

  it('methodNotAllowed adds the Allow header to others', () => {
    expect(methodNotAllowed(['GET', 'HEAD'], { headers: { 'X-A': '1' } })).toMatchObject({
      status: 405,
      headers: { Allow: 'GET, HEAD', 'X-A': '1' },
    });
  });
});

describe('the stack of an HttpError', () => {
  const { capturesStack } = HttpError;
  const { stackTraceLimit } = Error;
  class Missing extends HttpError {
    static override capturesStack = true;
  }

  afterEach(() => {
    HttpError.capturesStack = capturesStack;
    Error.stackTraceLimit = stackTraceLimit;
  });

  it('has frames in development', () => {
    expect(capturesStack).toBe(true);
    expect(countFrames(errors.notFound())).toBeGreaterThan(0);
  });

  it('has no frames below 500 if they are not wanted, but still says what was thrown', () => {
    HttpError.capturesStack = false;
    const { stack } = errors.notFound('No such note.');
    expect(stack).toMatch(/^(Http)?Error: No such note\.$/);
  });

  it.each([500, 501, 503])('always has frames with status %d', (status) => {
    HttpError.capturesStack = false;
    expect(countFrames(new HttpError(status))).toBeGreaterThan(0);
  });

  it('is the choice of each class', () => {
    HttpError.capturesStack = false;
    expect(countFrames(new Missing(404))).toBeGreaterThan(0);
    expect(countFrames(new (class extends HttpError {})(404))).toBe(0);
  });

  it('does not change those of the errors behind it, whatever the limit', () => {
    HttpError.capturesStack = false;
    for (const limit of [3, 0, Infinity, undefined as never]) {
      Error.stackTraceLimit = limit;
      errors.notFound();
      expect(Error.stackTraceLimit).toBe(limit);
    }
    expect(() => new HttpError(404, { detail: hostileText() })).toThrow('no text');
    Error.stackTraceLimit = 3;
    expect(countFrames(new Error('x'))).toBe(3);
  });

  it('has frames where the limit cannot be set', () => {
    HttpError.capturesStack = false;
    Object.defineProperty(Error, 'stackTraceLimit', { writable: false });
    expect(countFrames(errors.notFound())).toBeGreaterThan(0);
    Object.defineProperty(Error, 'stackTraceLimit', { writable: true });
  });
});

function countFrames({ stack = '' }: Error): number {
  return stack.split('\n').filter((line) => line.startsWith('    at ')).length;
}

function hostileText(): never {
  return {
    toString() {
      throw new Error('no text');
    },
  } as never;
}
