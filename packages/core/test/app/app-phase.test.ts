import { createApp, type Context } from '../../src';

const ROUTES = [{ method: 'GET' as const, path: '/', handler: ({ app }: Context) => app.phase }];

describe('the phase of an application', () => {
  it('is starting until it answers in memory, and closing from the call of close on', async () => {
    const phases: string[] = [];
    const app = await createApp({
      routes: ROUTES,
      onStart: () => void phases.push(app.phase),
      onStop: () => void phases.push(app.phase),
    });
    phases.push(app.phase);
    await app.start();
    phases.push(app.phase, (await app.inject({ url: '/' })).text(), app.phase);
    const closed = app.close();
    phases.push(app.phase);
    await closed;
    expect(phases).toEqual(['starting', 'starting', 'starting', 'serving', 'serving', 'closing', 'closing']);
  });

  it('is serving while it listens', async () => {
    const app = await createApp({
      engine: 'node',
      routes: ROUTES,
      logger: { info() {}, warn() {}, error() {} },
    });
    const listening = app.listen({ port: 0, handleSignals: false });
    expect(app.phase).toBe('starting');
    await listening;
    expect(app.phase).toBe('serving');
    await app.close();
    expect(app.phase).toBe('closing');
  });

  it('is closing when it could not start', async () => {
    const app = await createApp({
      onStart: () => {
        throw new Error('no database');
      },
    });
    await expect(app.start()).rejects.toMatchObject({ problems: [{ code: 'START_FAILED' }] });
    expect(app.phase).toBe('closing');
  });

  it('is that of the outer application in requests to a mounted one', async () => {
    const [app, inner] = [await createApp({}), await createApp({ routes: ROUTES })];
    app.mount('/inner', inner);
    expect((await app.inject({ url: '/inner' })).text()).toBe('serving');
  });
});
