import { createApp, type App, type Context } from '../../src';
import { listenForClosing } from '../../src/http/route-home';
import type { RouteInfo } from '../../src/routing/route-info';
import { makeContext, ROUTE } from '../make-context';

describe('the application of a route', () => {
  it('is that of the request', async () => {
    const handler = ({ app }: Context) => String(app.state === application.state);
    const application: App = await createApp({ routes: [{ method: 'GET', path: '/', handler }] });
    expect((await application.inject({ url: '/' })).text()).toBe('true');
  });

  it('is missing for a route that no application has compiled', () => {
    const context = makeContext({}, [], { ...ROUTE });
    expect(() => context.app).toThrow('The route does not belong to an application.');
    expect(() =>
      context.urlFor(
        class NotesController {
          show() {}
        },
        'show',
      ),
    ).toThrow('The route does not belong to an application, so it cannot make URLs.');
  });
});

describe('listening for the end of an application', () => {
  it('calls the listener when closing begins, unless it was released', async () => {
    const calls: string[] = [];
    const handler = (context: Context) => {
      listenForClosing(context, () => calls.push('kept'));
      listenForClosing(context, () => calls.push('released'))();
    };
    const app = await createApp({ routes: [{ method: 'GET', path: '/', handler }] });
    await app.inject({ url: '/' });
    expect(calls).toEqual([]);
    const closed = app.close();
    expect(calls).toEqual(['kept']);
    await closed;
  });

  it('does nothing for a route without an application', () => {
    const listener = jest.fn();
    listenForClosing({ route: {} as RouteInfo }, listener)();
    expect(listener).not.toHaveBeenCalled();
  });
});
