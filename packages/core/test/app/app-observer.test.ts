import { createApp, serve, type Plan } from '../../src';
import { observeApps } from '../../src/kit';

const makeApp = () => createApp({ routes: [{ method: 'GET', path: '/', handler: () => 'ok' }] });

describe('an observer of applications', () => {
  let seen: Plan[];
  let stop: () => void;
  const observe = (takes: boolean): void => {
    stop = observeApps((app) => {
      seen.push(app.plan);
      return takes;
    });
  };

  beforeEach(() => (seen = []));
  afterEach(() => stop());

  it('takes an application with its complete plan, before anything starts or listens', async () => {
    observe(true);
    let hasStarted = false;
    const app = await createApp({ onStart: () => (hasStarted = true) });
    app.use((_, next) => next());
    const settled = jest.fn();
    app.listen({ port: 0 }).then(settled, settled);
    await new Promise(setImmediate);
    expect(seen).toEqual([app.plan]);
    expect([app.engine, hasStarted, settled.mock.calls.length]).toEqual([undefined, false, 0]);
  });

  it('lets an application listen that it does not take', async () => {
    observe(false);
    const app = await makeApp();
    const { url } = await app.listen({ port: 0, handleSignals: false });
    expect([seen.length, await (await fetch(url)).text()]).toEqual([1, 'ok']);
    await app.close();
  });

  it('gets the application of serve in this process, however many workers it asks for', async () => {
    observe(true);
    const make = jest.fn(makeApp);
    void serve(make, { port: 0, workers: 4 });
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect([make.mock.calls.length, seen.length]).toEqual([1, 1]);
  });
});
