import { createApp, type Context } from '../../src';
import { listenForClosing } from '../../src/http/route-home';
import type { RouteInfo } from '../../src/routing/route-info';

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
