/** What must not compile, as in `types.test.ts`: what parameters take and give. */
import { z } from 'zod';
import {
  Background,
  Body,
  Cookie,
  createParameterDecorator,
  Form,
  Header,
  LastEventId,
  override,
  Param,
  Query,
  type BackgroundTasks,
  type Context,
  type Use,
} from '../../src';
import { compileOnly, expectType } from '../compile-only';

enum Size {
  Small = 'small',
  Large = 'large',
}

interface Account {
  readonly name: string;
}

class Note {
  text!: string;
}

describe('the types of @Query, @Header, @Cookie, @Param and the fields of @Form', () => {
  it('take the types that text is made into', () => {
    compileOnly(() => [
      Query('a', Number),
      Query('a', [Date]),
      Query('a', 'uuid'),
      Header('a', { type: 'integer', required: true }),
      Cookie('a', { enum: Size }),
      Param('a', { enum: ['on', 'off'] }),
      Form('a', [BigInt]),
      Query(Note),
      Query(z.object({ a: z.string() })),
    ]);
    // @ts-expect-error -- text is not made into a Map
    compileOnly(() => Query('a', Map));
    // @ts-expect-error -- nor into a class of your own
    compileOnly(() => Header('a', Note));
    // @ts-expect-error -- no such word
    compileOnly(() => Cookie('a', 'email'));
    // @ts-expect-error -- a list has one type
    compileOnly(() => Query('a', [Number, String]));
    // @ts-expect-error -- an enum has texts or numbers
    compileOnly(() => Form('a', { enum: [true] }));
    expect(typeof Query('a')).toBe('function');
  });

  it('keep a default to the type', () => {
    compileOnly(() => [
      Query('a', { type: Number, default: 1 }),
      Query('a', { type: [Number], default: [1] }),
      Query('a', { type: Date, default: new Date() }),
      Query('a', { type: BigInt, default: 1n }),
    ]);
    // @ts-expect-error -- a text
    compileOnly(() => Query('a', { type: Number, default: '1' }));
    // @ts-expect-error -- no list
    compileOnly(() => Query('a', { type: [Number], default: 1 }));
    // @ts-expect-error -- a list of something else
    compileOnly(() => Form('a', { type: [Number], default: ['1'] }));
    // @ts-expect-error -- a number
    compileOnly(() => Header('a', { type: Date, default: 1 }));
    // @ts-expect-error -- a boolean
    compileOnly(() => Cookie('a', { type: 'uuid', default: true }));
    // @ts-expect-error -- what is in the path is there
    compileOnly(() => Param('a', { default: 'b' }));
    // @ts-expect-error -- no such option
    compileOnly(() => Query('a', { optional: true }));
    expect(typeof Query('a', { type: Number, default: 1 })).toBe('function');
  });

  it('of a body take a format, a class, a schema or options', () => {
    compileOnly(() => [
      Body('json'),
      Body(Note),
      Body({ each: Note, unknownKeys: 'strip' }),
      Body(z.string()),
    ]);
    // @ts-expect-error -- no such format
    compileOnly(() => Body('xml'));
    // @ts-expect-error -- no such word
    compileOnly(() => Body({ unknownKeys: 'ignore' }));
    // @ts-expect-error -- an instance is no class
    compileOnly(() => Body({ each: new Note() }));
    // @ts-expect-error -- a list of names
    compileOnly(() => Body({ groups: 'create' }));
    expect(typeof Body()).toBe('function');
  });
});

describe('the types of createParameterDecorator', () => {
  const Sync = createParameterDecorator('Sync', (): Account => ({ name: 'a' }));
  const Async = createParameterDecorator('Async', async (): Promise<Account> => ({ name: 'a' }));
  const Yielded = createParameterDecorator('Yielded', function* (): Generator<Account> {
    yield { name: 'a' };
  });
  const Awaited = createParameterDecorator('Awaited', async function* (): AsyncGenerator<Account> {
    yield { name: 'a' };
  });
  const Named = createParameterDecorator('Named', (_context, _use, name: string) => ({ name }));

  it('infer what use() gives from what is asked for', () => {
    compileOnly(() =>
      createParameterDecorator('Asking', async (context, use) => {
        expectType<Context>()(context);
        expectType<Use>()(use);
        expectType<Account>()(use(Sync));
        expectType<Account>()(use(Yielded));
        expectType<Account>()(await use(Async));
        expectType<Account>()(await use(Awaited));
        expectType<{ name: string }>()(use(Named, 'a'));
        expectType<BackgroundTasks>()(use(Background));
        expectType<string | undefined>()(use(LastEventId));
        // @ts-expect-error -- it is to be awaited first
        void use(Async).name;
        // @ts-expect-error -- no such property
        void use(Sync).nam;
        // @ts-expect-error -- it takes a name
        use(Named);
        // @ts-expect-error -- another type
        use(Named, 5);
        // @ts-expect-error -- it takes nothing
        use(Sync, 'a');
        // @ts-expect-error -- a decorator that was called
        use(Sync());
        // @ts-expect-error -- a decorator of a part of the request
        use(Query);
      }),
    );
    expect(Named.parameterName).toBe('Named');
  });

  it('keep what is given by name: first the value, then the data', () => {
    const Tenant = createParameterDecorator<Account, string>('Tenant', (_context, _use, name) => ({ name }));
    const Current = createParameterDecorator<Account>('Current', () => ({ name: 'a' }));
    compileOnly(() => [Tenant('a'), Current()]);
    compileOnly(() => createParameterDecorator('Both', (_, use) => expectType<Account>()(use(Tenant, 'a'))));
    // @ts-expect-error -- no account
    compileOnly(() => createParameterDecorator<Account>('Wrong', () => 5));
    // @ts-expect-error -- it takes nothing
    compileOnly(() => Current('a'));
    expect(Current.parameterName).toBe('Current');
  });

  it('keep an override to what it overrides', () => {
    compileOnly(() => [
      override(Sync, () => ({ name: 'b' })),
      override(Async, () => ({ name: 'b' })),
      override(Named, (_context, _use, name) => ({ name: name.trim() })),
    ]);
    // @ts-expect-error -- no account
    compileOnly(() => override(Sync, () => 5));
    // @ts-expect-error -- a promise where nobody awaits it
    compileOnly(() => override(Sync, async () => ({ name: 'b' })));
    // @ts-expect-error -- no account in the promise
    compileOnly(() => override(Async, async () => 5));
    // @ts-expect-error -- no decorator of one's own
    compileOnly(() => override(Query, () => 5));
    expect(override(Sync, () => ({ name: 'b' })).parameter).toBe(Sync);
  });
});
