import { lastEventId, sse, type SseOptions } from '../../../src';
import { makeContext } from '../../make-context';
import { runRoute } from '../../pipeline/run-route';

describe('sse', () => {
  it('answers with a stream of events that no cache or proxy holds back', async () => {
    const response = await runRoute({ handler: () => sse(['one', { two: 2 }], { retry: 2000 }) });
    expect(response.text()).toBe('retry: 2000\n\ndata: one\n\ndata: {"two":2}\n\n');
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
  });

  it('accepts a status and headers', async () => {
    const init = { status: 202, headers: { 'Cache-Control': 'no-cache', 'X-Kind': 'prices' } };
    const response = await runRoute({ handler: () => sse([], init) });
    expect([response.status, response.header('cache-control'), response.header('x-kind')]).toEqual([
      202,
      'no-cache',
      'prices',
    ]);
  });

  it.each<[SseOptions, string]>([
    [{ keepAliveSeconds: 0 }, 'keepAliveSeconds must be more than 0 and at most 86400.'],
    [{ keepAliveSeconds: 86_401 }, 'keepAliveSeconds must be more than 0 and at most 86400.'],
    [{ keepAliveSeconds: NaN }, 'keepAliveSeconds must be more than 0 and at most 86400.'],
    [{ retry: -1 }, 'retry must be a whole number of milliseconds.'],
    [{ retry: 0.5 }, 'retry must be a whole number of milliseconds.'],
  ])('refuses %j', (options, fault) => {
    expect(() => sse([], options)).toThrow(new RangeError(fault));
  });

  it.each<SseOptions>([{ keepAliveSeconds: 86_400 }, { keepAliveSeconds: 0.1 }, { retry: 0 }])(
    'accepts %j',
    (options) => expect(() => sse([], options)).not.toThrow(),
  );
});

it('lastEventId reads the header of a client that reconnects', () => {
  expect(lastEventId(makeContext({ headers: { 'last-event-id': '7' } }))).toBe('7');
  expect(lastEventId(makeContext())).toBeUndefined();
});
