import { Catch, Controller, createApp, Get, HttpError, json, notFound, type Context } from '../../../src';
import { findCatch } from '../../../src/pipeline/errors/find-catch';
import type { CatchPlan } from '../../../src/plan/plan';
import { makeLogger } from '../../make-logger';
import { runRoute } from '../run-route';

class Base extends Error {}
class Derived extends Base {}
class MoreDerived extends Derived {}

const plan = (scope: CatchPlan['scope'], error: CatchPlan['error']): CatchPlan => ({
  scope,
  error,
  handle: () => undefined,
});

describe('findCatch', () => {
  it('takes the nearest scope first', () => {
    const catches = [plan('application', Derived), plan('controller', Base), plan('method', Error)];
    expect(findCatch(catches, new Derived())?.scope).toBe('method');
    expect(findCatch(catches.slice(0, 2), new Derived())?.scope).toBe('controller');
    expect(findCatch(catches.slice(0, 1), new Derived())?.scope).toBe('application');
  });

  it('then a status before a class', () => {
    const catches = [plan('controller', HttpError), plan('controller', 404)];
    expect(findCatch(catches, notFound())?.error).toBe(404);
    expect(findCatch(catches, new HttpError(409))?.error).toBe(HttpError);
  });

  it('then the most derived class, in any order of writing', () => {
    const catches = [plan('method', Error), plan('method', Derived), plan('method', Base)];
    for (const order of [catches, [...catches].reverse()])
      expect(findCatch(order, new MoreDerived())?.error).toBe(Derived);
    expect(findCatch(catches, new Base())?.error).toBe(Base);
  });

  it('then the first one written', () => {
    const catches = [plan('method', Base), plan('method', Base)];
    expect(findCatch(catches, new Base())).toBe(catches[0]);
  });

  it('finds none if none fits', () => {
    expect(findCatch([], new Base())).toBeUndefined();
    expect(findCatch([plan('method', Derived), plan('method', 404)], new Base())).toBeUndefined();
  });

  it('treats an error without a status as a 500, after its class', () => {
    const catches = [plan('application', 500), plan('application', Base)];
    expect(findCatch(catches, new Base())?.error).toBe(Base);
    expect(findCatch(catches, new Error('other'))?.error).toBe(500);
    expect(findCatch(catches, new HttpError(500))?.error).toBe(500);
  });
});

@Controller('/notes')
@Catch(Derived, () => 'class')
class NotesController {
  @Get('/method') @Catch(Base, () => 'method') method() {
    throw new MoreDerived();
  }

  @Get('/controller') controller() {
    throw new MoreDerived();
  }

  @Get('/own') own() {
    throw new RangeError('out');
  }

  @Get('/application') application() {
    throw new TypeError('type');
  }

  @Get('/async') async later() {
    throw notFound({ headers: { 'X-A': '1' } });
  }

  @Catch(RangeError)
  async onRange(error: RangeError, context: Context) {
    return json(
      { message: error.message, path: context.request.path, me: this instanceof NotesController },
      { status: 416 },
    );
  }

  @Catch(404)
  onMissing() {
    return { missing: true };
  }
}

describe('@Catch', () => {
  it.each([
    ['/notes/method', 500, 'method'],
    ['/notes/controller', 500, 'class'],
    ['/notes/own', 416, '{"message":"out","path":"/notes/own","me":true}'],
    ['/notes/application', 500, 'application'],
    ['/notes/async', 404, '{"missing":true}'],
  ])('answers %s with %i', async (url, status, body) => {
    const errorHandlers = [{ error: Error, handle: () => 'application' }];
    const app = await createApp({ controllers: [NotesController], errorHandlers, logger: makeLogger() });
    const response = await app.inject({ url });
    expect([response.status, response.text()]).toEqual([status, body]);
    if (status === 404) expect(response.header('x-a')).toBe('1');
  });

  it('handles the errors of the fallback too, if it is given to the application', async () => {
    const errorHandlers = [{ error: 404, handle: () => 'nowhere' }];
    const response = await runRoute({ handler: () => 1, errorHandlers, request: { url: '/none' } });
    expect([response.status, response.text()]).toEqual([404, 'nowhere']);
  });
});

describe('an error handler', () => {
  const handler = () => {
    throw new Base('secret');
  };
  const handle = (answer: (error: Error, context: Context) => unknown) =>
    runRoute({ handler, errorHandlers: [{ error: Base, handle: answer }] });

  it('returns undefined to keep the default', async () => {
    for (const answer of [() => undefined, async () => undefined])
      expect((await handle(answer)).json()).toMatchObject({ status: 500, code: 'internal_server_error' });
  });

  it('may set the response itself', async () => {
    const response = await handle((_error, context) => void (context.response.body = 'mine'));
    expect([response.status, response.text()]).toEqual([500, 'mine']);
  });

  it('may answer with another error, thrown or returned, now or later', async () => {
    const fail = () => {
      throw notFound('instead');
    };
    for (const answer of [
      fail,
      async () => fail(),
      () => notFound('instead'),
      async () => notFound('instead'),
    ])
      expect((await handle(answer)).json()).toMatchObject({ status: 404, detail: 'instead' });
  });

  it('changes nothing if it rethrows', async () => {
    const response = await handle((error) => {
      throw error;
    });
    expect([response.status, response.logged.length]).toEqual([500, 1]);
  });

  it('causes a 500 without internals if it fails', async () => {
    for (const answer of [
      () => 1n,
      () => Promise.reject(new Error('hidden')),
      () => Promise.reject('hidden'),
    ]) {
      const response = await handle(answer);
      expect(response.status).toBe(500);
      expect(response.text()).not.toMatch(/secret|hidden/);
    }
  });

  it('keeps the error out of the log', async () =>
    expect((await handle(() => 'handled')).logged).toEqual([]));
});
