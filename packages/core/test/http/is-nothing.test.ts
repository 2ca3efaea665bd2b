import type { Context, Next } from '../../src';
import { afterwards, guard } from '../../src';
import { runRoute } from '../pipeline/run-route';

const setHeader = (context: Context) => context.response.headers.set('X-Seen', 'yes');

describe('the headers that a short arrow function returns', () => {
  it.each<[string, (context: Context, next: Next) => unknown]>([
    ['on the way back', (context, next) => afterwards(next(), () => setHeader(context))],
    ['after an await', (context, next) => Promise.resolve(next()).then(() => setHeader(context))],
  ])('are not a reply from a middleware %s', async (_case, middleware) => {
    const response = await runRoute({ handler: () => 'kept', around: [middleware] });
    expect([response.status, response.text(), response.header('x-seen')]).toEqual([200, 'kept', 'yes']);
  });

  it.each([setHeader, (context: Context) => Promise.resolve(setHeader(context))])(
    'are not a reply from a guard, which continues',
    async (check) => {
      const response = await runRoute({ handler: () => 'kept', around: [guard(check)] });
      expect([response.text(), response.header('x-seen')]).toEqual(['kept', 'yes']);
    },
  );

  it.each([
    setHeader,
    async (context: Context) => setHeader(context),
    (context: Context) => context.response,
    (context: Context) => context,
  ])('are not a reply from a handler, which answers 204', async (handler) => {
    expect((await runRoute({ handler })).status).toBe(204);
  });

  it.each([true, false])(
    'do not answer for a step that forgot next(): 500, development %p',
    async (development) => {
      const forgetful = (context: Context, _next: Next) => setHeader(context);
      const response = await runRoute({ handler: () => 'never', around: [forgetful], development });
      expect(response.status).toBe(500);
    },
  );
});
