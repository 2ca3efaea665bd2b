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

describe('the types of parameter decorators', () => {
  it('take the types into which a text can be converted', () => {
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
    // @ts-expect-error -- a text cannot become a Map
    compileOnly(() => Query('a', Map));
    // @ts-expect-error -- a text cannot become an instance of a class
    compileOnly(() => Header('a', Note));
    // @ts-expect-error -- not one of the words
    compileOnly(() => Cookie('a', 'email'));
    // @ts-expect-error -- a list has one type of items
    compileOnly(() => Query('a', [Number, String]));
    // @ts-expect-error -- an enum has texts or numbers
    compileOnly(() => Form('a', { enum: [true] }));
    expect(typeof Query('a')).toBe('function');
  });

  it('keep the default to the type', () => {
    compileOnly(() => [
      Query('a', { type: Number, default: 1 }),
      Query('a', { type: [Number], default: [1] }),
      Query('a', { type: [Number], brackets: true }),
      Form('a', { type: [Number], brackets: true }),
      Form({ brackets: true, required: false }),
      Body('form', { brackets: true, required: false }),
      Query(Note, { brackets: true }),
      Query('a', { type: Date, default: new Date() }),
      Query('a', { type: BigInt, default: 1n }),
    ]);
    // @ts-expect-error -- a text is not a number
    compileOnly(() => Query('a', { type: Number, default: '1' }));
    // @ts-expect-error -- a number is not a list
    compileOnly(() => Query('a', { type: [Number], default: 1 }));
    // @ts-expect-error -- a list of another type
    compileOnly(() => Form('a', { type: [Number], default: ['1'] }));
    // @ts-expect-error -- a number is not a date
    compileOnly(() => Header('a', { type: Date, default: 1 }));
    // @ts-expect-error -- a boolean is not a text
    compileOnly(() => Cookie('a', { type: 'uuid', default: true }));
    // @ts-expect-error -- a path parameter is always present
    compileOnly(() => Param('a', { default: 'b' }));
    // @ts-expect-error -- no such option
    compileOnly(() => Query('a', { optional: true }));
    // @ts-expect-error -- a header is one text
    compileOnly(() => Header('a', { type: String, brackets: true }));
    // @ts-expect-error -- only the query and forms have lists
    compileOnly(() => Header(Note, { brackets: true }));
    // @ts-expect-error -- a query has no body that may be missing
    compileOnly(() => Query(Note, { required: false }));
    expect(typeof Query('a', { type: Number, default: 1 })).toBe('function');
  });

  it('take a format, a class, a schema or options for a body', () => {
    compileOnly(() => [
      Body('json'),
      Body(Note),
      Body({ each: Note, unknownKeys: 'strip' }),
      Body(z.string()),
    ]);
    // @ts-expect-error -- no such format
    compileOnly(() => Body('xml'));
    // @ts-expect-error -- not one of the words
    compileOnly(() => Body({ unknownKeys: 'ignore' }));
    // @ts-expect-error -- an instance is not a class
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
  const Optional = createParameterDecorator('Optional', (_context, _use, name?: string) => name);

  it('know the argument of the decorator', () => {
    compileOnly(() => [Sync(), Named('a'), Optional(), Optional('a')]);
    // @ts-expect-error -- it has no argument
    compileOnly(() => Sync('a'));
    // @ts-expect-error -- the argument is missing
    compileOnly(() => Named());
    // @ts-expect-error -- another type
    compileOnly(() => Named(5));
    expect(typeof Named('a')).toBe('function');
  });
  it('infer the result of use() from the decorator', () => {
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
        // @ts-expect-error -- the promise must be awaited first
        void use(Async).name;
        // @ts-expect-error -- no such property
        void use(Sync).nam;
        // @ts-expect-error -- the argument is missing
        use(Named);
        // @ts-expect-error -- another type
        use(Named, 5);
        // @ts-expect-error -- it has no argument
        use(Sync, 'a');
        // @ts-expect-error -- the result of a decorator is not a decorator
        use(Sync());
        // @ts-expect-error -- a decorator that createParameterDecorator did not make
        use(Query);
      }),
    );
    expect(Named.parameterName).toBe('Named');
  });

  it('keep the type parameters: first the value, then the argument', () => {
    const Tenant = createParameterDecorator<Account, string>('Tenant', (_context, _use, name) => ({ name }));
    const Current = createParameterDecorator<Account>('Current', () => ({ name: 'a' }));
    compileOnly(() => [Tenant('a'), Current()]);
    compileOnly(() => createParameterDecorator('Both', (_, use) => expectType<Account>()(use(Tenant, 'a'))));
    // @ts-expect-error -- a number is not an account
    compileOnly(() => createParameterDecorator<Account>('Wrong', () => 5));
    // @ts-expect-error -- it has no argument
    compileOnly(() => Current('a'));
    expect(Current.parameterName).toBe('Current');
  });

  it('keep an override to the type of the decorator', () => {
    compileOnly(() => [
      override(Sync, () => ({ name: 'b' })),
      override(Async, () => ({ name: 'b' })),
      override(Named, (_context, _use, name) => ({ name: name.trim() })),
    ]);
    // @ts-expect-error -- a number is not an account
    compileOnly(() => override(Sync, () => 5));
    // @ts-expect-error -- a promise for a synchronous decorator
    compileOnly(() => override(Sync, async () => ({ name: 'b' })));
    // @ts-expect-error -- a promise of something else
    compileOnly(() => override(Async, async () => 5));
    // @ts-expect-error -- a decorator that createParameterDecorator did not make
    compileOnly(() => override(Query, () => 5));
    expect(override(Sync, () => ({ name: 'b' })).parameter).toBe(Sync);
  });
});
