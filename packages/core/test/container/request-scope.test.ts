import {
  Catch,
  Context,
  Controller,
  createApp,
  Get,
  Inject,
  Injectable,
  Query,
  token,
  UseMiddleware,
  type Next,
} from '../../src';
import { makeLogger } from '../make-logger';

let count = 0;
let seen: string[] = [];
beforeEach(() => {
  count = 0;
  seen = [];
});

@Injectable()
class CurrentUser {
  readonly number = ++count;
  constructor(readonly context: Context) {}
  get name() {
    return this.context.request.header('x-user') ?? 'anonymous';
  }
}

class Log {}

@Injectable()
class Tag {
  constructor(private readonly user: CurrentUser) {}
  handle(context: Context, next: Next) {
    context.response.headers.set('X-User', `${this.user.name} ${this.user.number}`);
    return next();
  }
}

@Controller('/me')
@UseMiddleware(Tag)
class MeController {
  constructor(
    readonly user: CurrentUser,
    readonly log: Log,
  ) {
    seen.push('made');
  }

  @Get() show(@Query('greeting') greeting: string = 'Hello') {
    return `${greeting} ${this.user.name} ${this.user.number}`;
  }

  @Get('/broken') fail() {
    throw new RangeError('broken');
  }

  @Catch(RangeError) handle(error: RangeError, context: Context) {
    return `${this.user.name}: ${error.message} ${context.response.status}`;
  }
}

describe('a controller that depends on the request', () => {
  it('is made once per request, and not before, and shares its dependencies', async () => {
    const app = await createApp({ controllers: [MeController] });
    expect(seen).toEqual([]);
    const ada = await app.inject({ url: '/me?greeting=Hi', headers: { 'x-user': 'ada' } });
    const bob = await app.inject({ url: '/me', headers: { 'x-user': 'bob' } });
    expect([ada.text(), ada.header('x-user')]).toEqual(['Hi ada 1', 'ada 1']);
    expect([bob.text(), bob.header('x-user')]).toEqual(['Hello bob 2', 'bob 2']);
    expect(seen).toEqual(['made', 'made']);
  });

  it('handles its errors on the same instance', async () => {
    const app = await createApp({ controllers: [MeController] });
    const response = await app.inject({ url: '/me/broken', headers: { 'x-user': 'ada' } });
    expect([response.status, response.text()]).toEqual([500, 'ada: broken 500']);
    expect(seen).toEqual(['made']);
  });

  it('accepts overrides in a test', async () => {
    const overrides = [{ token: CurrentUser, useValue: { name: 'fake', number: 0 } }];
    const app = await createApp({ controllers: [MeController], overrides });
    expect((await app.inject({ url: '/me' })).text()).toBe('Hello fake 0');
  });

  it('answers 500 if it cannot be made, and the next request makes it again', async () => {
    const logger = makeLogger();
    const useFactory = (context: Context) => {
      if (context.request.header('x-user') === undefined) throw new Error('no user');
      return { name: 'somebody', number: 1 };
    };
    const overrides = [{ token: CurrentUser, useFactory, inject: [Context] }];
    const app = await createApp({ controllers: [MeController], overrides, logger });
    expect((await app.inject({ url: '/me' })).status).toBe(500);
    expect((await app.inject({ url: '/me', headers: { 'x-user': 'a' } })).text()).toBe('Hello somebody 1');
  });
});

describe('an instance of a request with a then', () => {
  const then = jest.fn();

  class Query {
    then(...given: unknown[]) {
      then(...given);
    }
  }

  class Chain extends Query {
    handle(context: Context, next: Next) {
      context.response.headers.set('X-Chain', 'yes');
      return next();
    }
  }

  @Controller('/query')
  @UseMiddleware(Chain)
  class QueryController extends Query {
    @Get() show() {
      return 'shown';
    }
    @Get('/broken') fail() {
      throw new RangeError('broken');
    }
    @Catch(RangeError) handle(error: RangeError) {
      return error.message;
    }
  }

  it.each([false, true])('is never awaited (after an asynchronous factory: %s)', async (isLate) => {
    const useFactory = isLate ? async () => 'late' : () => 'at once';
    const make = (type: new () => object) => ({
      token: type,
      useFactory: () => new type(),
      inject: ['first', Context],
    });
    const app = await createApp({
      controllers: [QueryController],
      providers: [{ token: 'first', useFactory, scope: 'request' }, make(Chain), make(QueryController)],
    });
    const response = await app.inject({ url: '/query' });
    expect([response.text(), response.header('x-chain')]).toEqual(['shown', 'yes']);
    expect((await app.inject({ url: '/query/broken' })).text()).toBe('broken');
    expect(then).not.toHaveBeenCalled();
    await app.close();
  });
});

describe('an instance of a request', () => {
  const CONNECTION = token<{ readonly id: number }>('connection');

  @Controller('/rows')
  class RowsController {
    constructor(@Inject(CONNECTION) readonly connection: { readonly id: number }) {}
    @Get() list() {
      seen.push('answered');
      return this.connection.id;
    }
  }

  it('may be a promise, and is disposed of after the reply, the last one made first', async () => {
    const end = (name: string) => async () => void seen.push(`${name} ended`);
    const providers = [
      {
        token: 'pool',
        useFactory: () => ({ [Symbol.asyncDispose]: end('pool') }),
        scope: 'request' as const,
      },
      {
        token: CONNECTION,
        useFactory: async () => ({ id: ++count, [Symbol.asyncDispose]: end('connection') }),
        inject: ['pool'],
        scope: 'request' as const,
      },
    ];
    const app = await createApp({ controllers: [RowsController], providers });
    expect((await app.inject({ url: '/rows' })).json()).toBe(1);
    expect((await app.inject({ url: '/rows' })).json()).toBe(2);
    const once = ['answered', 'connection ended', 'pool ended'];
    expect(seen).toEqual([...once, ...once]);
  });

  it('is disposed of even if another one fails, and the failure is logged', async () => {
    const logger = makeLogger();
    const fail = () => {
      throw new Error('stuck');
    };
    const providers = [
      {
        token: 'pool',
        useFactory: () => ({ [Symbol.dispose]: () => void seen.push('pool ended') }),
        scope: 'request' as const,
      },
      {
        token: CONNECTION,
        useFactory: () => ({ id: 1, [Symbol.dispose]: fail }),
        inject: ['pool'],
        scope: 'request' as const,
      },
    ];
    const app = await createApp({ controllers: [RowsController], providers, logger });
    await app.inject({ url: '/rows' });
    expect(seen).toEqual(['answered', 'pool ended']);
    expect(logger.errors).toEqual([new Error('stuck')]);
  });
});
