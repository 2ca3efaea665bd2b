import {
  Controller,
  createApp,
  Get,
  Injectable,
  OnStart,
  OnStop,
  UseMiddleware,
  type AppOptions,
  type Context,
  type Next,
  type Service,
} from '../../src';
import { makeLogger } from '../make-logger';

let seen: string[] = [];
beforeEach(() => (seen = []));

const later = () => new Promise<void>((resolve) => setImmediate(resolve));

@Injectable()
class Database {
  @OnStart() async connect() {
    await later();
    seen.push('database up');
  }
  @OnStop() async close() {
    await later();
    seen.push('database down');
  }
}

@Injectable()
class Audit {
  constructor(readonly database: Database) {}
  @OnStart() open() {
    seen.push('audit up');
  }
  @OnStop() flush() {
    seen.push('audit down');
  }
  handle(_context: Context, next: Next) {
    return next();
  }
}

@Controller('/notes')
@UseMiddleware(Audit)
class NotesController {
  constructor(readonly database: Database) {}
  @OnStart() warm() {
    seen.push('controller up');
  }
  @OnStop() cool() {
    seen.push('controller down');
  }
  @Get() list() {
    seen.push('answered');
    return 'notes';
  }
}

function make(options: AppOptions = {}) {
  return createApp({ controllers: [NotesController], ...options });
}

describe('the life of an application', () => {
  it('starts dependencies first, before the first inject, and stops in reverse', async () => {
    const app = await make({
      onStart: () => void seen.push('app up'),
      onStop: () => void seen.push('app down'),
    });
    expect(seen).toEqual([]);
    await app.inject({ url: '/notes' });
    await app.inject({ url: '/notes' });
    expect(seen).toEqual(['database up', 'controller up', 'audit up', 'app up', 'answered', 'answered']);
    seen = [];
    await Promise.all([app.close(), app.close()]);
    expect(seen).toEqual(['app down', 'audit down', 'controller down', 'database down']);
  });

  it('starts once, with app.start or before the first streamed response in memory', async () => {
    const options = { routes: [], onStart: () => void seen.push('up'), logger: makeLogger() };
    const app = await createApp(options);
    await app.start();
    await app.inject({ url: '/' });
    expect(seen).toEqual(['up']);
    await (await createApp(options)).injectStream({ url: '/' });
    expect(seen).toEqual(['up', 'up']);
    await app.close();
    await expect(app.start()).rejects.toThrow('APP_CLOSED  app.start');
  });

  it('runs no stop function if it never started', async () => {
    await (await make()).close();
    expect(seen).toEqual([]);
  });

  it('starts middleware that was added after the first start', async () => {
    const app = await createApp({ routes: [{ method: 'GET', path: '/', handler: () => 'ok' }] });
    await app.inject({ url: '/' });
    app.use(Audit);
    await app.inject({ url: '/' });
    expect(seen).toEqual(['database up', 'audit up']);
  });

  it('ends with `await using`', async () => {
    const app = await make();
    await app.inject({ url: '/notes' });
    await app[Symbol.asyncDispose]();
    expect(seen.at(-1)).toBe('database down');
  });

  it('answers no request after close', async () => {
    const app = await make();
    await app.close();
    await expect(app.inject({ url: '/notes' })).rejects.toMatchObject({ problems: [{ code: 'APP_CLOSED' }] });
  });
});

describe('several life methods of one class', () => {
  class Ground {
    @OnStart() dig() {
      seen.push('dig');
    }
    @OnStop() fill() {
      seen.push('fill');
    }
  }
  @Injectable()
  class House extends Ground {
    @OnStart() walls() {
      seen.push('walls');
    }
    @OnStart() roof() {
      seen.push('roof');
    }
    @OnStart() override dig() {
      super.dig();
    }
    @OnStop() wreck() {
      seen.push('wreck');
    }
    @OnStop() sweep() {
      seen.push('sweep');
    }
  }

  it('start in the order written, the parent class first, and stop in reverse', async () => {
    const app = await createApp({ routes: [], providers: [House] });
    await app.start();
    expect(seen).toEqual(['dig', 'walls', 'roof']);
    seen = [];
    await app.close();
    expect(seen).toEqual(['sweep', 'wreck', 'fill']);
  });
});

describe('a start that fails', () => {
  @Injectable()
  class Broken {
    constructor(readonly database: Database) {}
    @OnStart() open() {
      throw new Error('no disk');
    }
    @OnStop() close() {
      seen.push('broken down');
    }
  }

  it('is reported with its place, stops everything that had started, and closes the application', async () => {
    const app = await make({ providers: [Broken] });
    const problem = {
      code: 'START_FAILED',
      place: 'Broken.open',
      fault: 'It failed when the application started: no disk',
    };
    await expect(app.listen({ port: 0 })).rejects.toMatchObject({ problems: [problem] });
    expect(seen).toEqual(['database up', 'database down']);
    await expect(app.inject({ url: '/notes' })).rejects.toMatchObject({ problems: [{ code: 'APP_CLOSED' }] });
    await app.close();
    expect(seen).toEqual(['database up', 'database down']);
  });
});

describe('a listen that fails', () => {
  it('stops everything that had started, disposes of all instances, and closes the application', async () => {
    const pool = { [Symbol.dispose]: () => void seen.push('pool disposed') };
    const app = await make({ providers: [{ token: 'pool', useFactory: () => pool }] });
    const earlier = await createApp({ routes: [] });
    const { port } = await earlier.listen({ port: 0, handleSignals: false });
    await expect(app.listen({ port })).rejects.toMatchObject({ problems: [{ code: 'PORT_IN_USE' }] });
    await earlier.close();
    expect(seen.slice(-4)).toEqual(['audit down', 'controller down', 'database down', 'pool disposed']);
    const closed = { problems: [{ code: 'APP_CLOSED' }] };
    await expect(app.listen({ port: 0 })).rejects.toMatchObject(closed);
    await expect(app.inject({ url: '/notes' })).rejects.toMatchObject(closed);
  });

  it('starts nothing if its options are wrong, and disposes of all instances', async () => {
    const pool = { [Symbol.dispose]: () => void seen.push('pool disposed') };
    const app = await make({ providers: [{ token: 'pool', useFactory: () => pool }] });
    await expect(app.listen({ port: -1 })).rejects.toMatchObject({ problems: [{ code: 'OPTION_INVALID' }] });
    expect(seen).toEqual(['pool disposed']);
  });

  it('leaves no port behind if the application is closing', async () => {
    const earlier = await make();
    const { port, url } = await earlier.listen({ port: 0, handleSignals: false });
    await earlier.close();
    const app = await make();
    const listening = app.listen({ port, handleSignals: false });
    await Promise.all([
      app.close(),
      expect(listening).rejects.toMatchObject({ problems: [{ code: 'APP_CLOSED' }] }),
    ]);
    await expect(fetch(`${url}/notes`)).rejects.toThrow('fetch failed');
  });

  it('changes nothing if the application is already listening', async () => {
    const app = await make();
    const { url } = await app.listen({ port: 0, handleSignals: false });
    await expect(app.listen({ port: 0 })).rejects.toMatchObject({ problems: [{ code: 'APP_STARTED' }] });
    expect(await (await fetch(`${url}/notes`)).text()).toBe('notes');
    await app.close();
  });
});

describe('a start during which the application closes', () => {
  it('does not delay close beyond the timeout, and what it starts later is stopped at once', async () => {
    const warn = jest.fn();
    let finish = (): void => undefined;
    const slow: Service = {
      name: 'slow',
      start: () => new Promise<void>((resolve) => (finish = resolve)),
      stop: () => void seen.push('slow down'),
    };
    const next: Service = { name: 'next', start: () => void seen.push('next up') };
    const app = await make({ services: [slow, next], logger: { ...makeLogger(), warn } });
    const listening = app.listen({ port: 0, handleSignals: false });
    while (!seen.includes('controller up')) await later();
    await app.close({ timeoutMs: 5 });
    expect(warn).toHaveBeenCalledWith('The start of the application did not finish in time');
    expect(seen.slice(-2)).toEqual(['controller down', 'database down']);
    finish();
    await expect(listening).rejects.toMatchObject({ problems: [{ code: 'APP_CLOSED' }] });
    expect(seen.slice(-2)).toEqual(['database down', 'slow down']);
  });

  it('starts nothing more in a mounted application either', async () => {
    let finish = (): void => undefined;
    const slow: Service = {
      name: 'slow',
      start: () => new Promise<void>((resolve) => (finish = () => (seen.push('slow up'), resolve()))),
      stop: () => void seen.push('slow down'),
    };
    const next: Service = { name: 'next', start: () => void seen.push('next up') };
    const outer = await make({ onStart: () => void seen.push('outer up') });
    const inner = await createApp({ services: [slow, next], onStart: () => void seen.push('inner up') });
    outer.mount('/inner', inner);
    const starting = expect(outer.start()).rejects.toMatchObject({ problems: [{ code: 'APP_CLOSED' }] });
    while (!seen.includes('controller up')) await later();
    await later();
    const closed = outer.close();
    for (let turn = 0; turn < 5; turn++) await later();
    finish();
    await closed;
    await starting;
    expect(seen.slice(seen.indexOf('slow up'))).toEqual([
      'slow up',
      'slow down',
      'audit down',
      'controller down',
      'database down',
    ]);
  });

  it('rejects, and answers nothing', async () => {
    const app = await make();
    const calls = [app.start(), app.inject({ url: '/notes' })];
    const rejected = calls.map((call) =>
      expect(call).rejects.toMatchObject({ problems: [{ code: 'APP_CLOSED' }] }),
    );
    await app.close();
    await Promise.all(rejected);
    expect(seen.at(-1)).toBe('database down');
    expect(seen).not.toContain('answered');
  });
});

describe('a mounted application', () => {
  it.each([300, 60_000])('has the time of the outer one to close, %d ms', async (timeoutMs) => {
    const left: number[] = [];
    const service: Service = {
      name: 'inner',
      stop: (deadline) => void left.push(deadline - Date.now()),
    };
    const middle = await make();
    middle.mount('/inner', await createApp({ services: [service] }));
    const outer = await make();
    outer.mount('/middle', middle);
    await outer.start();
    await outer.close({ timeoutMs });
    expect(left).toHaveLength(1);
    expect(left[0]).toBeLessThanOrEqual(timeoutMs);
    expect(left[0]).toBeGreaterThan(timeoutMs / 2);
  });

  it('starts, too, if it is mounted after the outer one has started', async () => {
    const outer = await make({ onStart: () => void seen.push('outer up') });
    await outer.start();
    const service: Service = {
      name: 'inner',
      start: () => void seen.push('inner up'),
      stop: () => void seen.push('inner down'),
    };
    outer.mount('/inner', await createApp({ services: [service] }));
    await outer.inject({ url: '/notes' });
    await outer.inject({ url: '/notes' });
    await outer.close();
    expect(seen.filter((note) => /inner|outer/.test(note))).toEqual(['outer up', 'inner up', 'inner down']);
  });
});

describe('a stop that fails', () => {
  it('is logged, and the rest still stops', async () => {
    const logger = makeLogger();
    const app = await make({
      logger,
      onStop: () => {
        throw new Error('too late');
      },
    });
    await app.inject({ url: '/notes' });
    await app.close();
    expect(logger.errors).toEqual([new Error('too late')]);
    expect(seen.slice(-3)).toEqual(['audit down', 'controller down', 'database down']);
  });

  it('does not delay close beyond the timeout', async () => {
    const warn = jest.fn();
    const logger = { ...makeLogger(), warn };
    const app = await make({ logger, onStop: () => new Promise(() => {}) });
    await app.inject({ url: '/notes' });
    await app.close({ timeoutMs: 5 });
    expect(warn).toHaveBeenCalledWith('createApp, onStop did not finish in time');
    expect(seen.slice(-2)).toContain('controller down');
  });
});

describe('the value of a factory', () => {
  it('is disposed of after everything has stopped, the last one first, started or not', async () => {
    const first = { [Symbol.dispose]: () => void seen.push('first disposed') };
    const second = { [Symbol.asyncDispose]: async () => void seen.push('second disposed') };
    const given = { [Symbol.dispose]: () => void seen.push('given disposed') };
    const providers = [
      { token: 'first', useFactory: () => first },
      { token: 'second', useFactory: async () => second },
      { token: 'given', useValue: given },
    ];
    await (await make({ providers })).close();
    expect(seen).toEqual(['second disposed', 'first disposed']);
    seen = [];
    const app = await make({ providers });
    await app.inject({ url: '/notes' });
    await app.close();
    expect(seen.slice(-3)).toEqual(['database down', 'second disposed', 'first disposed']);
  });
});
