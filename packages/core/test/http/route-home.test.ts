import { createApp, type App, type Context } from '../../src';
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
