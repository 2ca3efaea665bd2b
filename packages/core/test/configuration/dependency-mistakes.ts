import { Context, Controller, Get, Inject, Injectable, OnStart, token, type Next } from '../../src';
import { start, type Mistake } from './mistake';

class NoTypes {
  constructor(readonly store: unknown) {}
}

@Controller('/a')
class NeedsNoTypes {
  constructor(readonly one: NoTypes) {}
  @Get() list() {}
}

@Controller('/b')
class NeedsInterface {
  constructor(readonly log: Pick<Console, 'log'>) {}
  @Get() list() {}
}

@Injectable()
class Mailer {
  constructor(@Inject('smtp-url') readonly url: string) {}
}

@Controller('/c')
class NeedsMailer {
  constructor(readonly mailer: Mailer) {}
  @Get() list() {}
}

@Controller('/d')
class NeedsText {
  constructor(readonly url: string) {}
  @Get() list() {}
}

@Injectable()
class Late {
  constructor(@Inject(Symbol('late')) readonly late: unknown) {}
  handle(_context: Context, next: Next) {
    return next();
  }
}

@Injectable()
class Earlier {
  constructor(readonly later: object) {}
}
Reflect.defineMetadata('design:paramtypes', [undefined], Earlier);

class First {
  constructor(readonly second: unknown) {}
}
class Second {
  constructor(readonly third: unknown) {}
}
class Third {
  constructor(readonly first: unknown) {}
}
Inject(Second)(First, undefined, 0);
Inject(Third)(Second, undefined, 0);
Inject(First)(Third, undefined, 0);
Controller('/cycle')(First);
Object.defineProperty(First.prototype, 'list', { value: () => 1 });
Get()(First.prototype, 'list', Object.getOwnPropertyDescriptor(First.prototype, 'list')!);

@Injectable()
class CurrentUser {
  constructor(readonly context: Context) {}
}

@Injectable({ scope: 'singleton' })
class Cache {
  constructor(readonly user: CurrentUser) {}
}

@Controller('/f')
class Cached {
  constructor(readonly cache: Cache) {}
  @Get() list() {}
}

@Controller('/g')
class Starting {
  constructor(readonly user: CurrentUser) {}
  @OnStart() start() {}
  @Get() list() {}
}

@Controller('/e')
class Broken {
  constructor() {
    throw new Error('no disk');
  }
  @Get() list() {}
}

const PROVIDER =
  'Write { token, useValue: … }, { token, useClass: SomeClass }, { token, useFactory: () => … }, or a class alone.';

function provider(when: string, given: unknown, fault: string): Mistake {
  return {
    code: 'PROVIDER_INVALID',
    when,
    make: () => start({ providers: [{ token: 'fine', useValue: 1 }, given] }),
    place: 'createApp, providers 1',
    fault,
    cure: PROVIDER,
  };
}

export const DEPENDENCY_MISTAKES: readonly Mistake[] = [
  {
    code: 'METADATA_MISSING',
    when: 'the compiler emitted no types for a constructor',
    make: () => start({ controllers: [NeedsNoTypes] }),
    place: 'NoTypes',
    fault: 'The constructor of NoTypes has parameters, but the compiler emitted no types for them.',
    cure: 'Write @Injectable() before the class. If it has @Injectable or @Controller, the compiler emits no metadata (tsx and esbuild never do): compile with tsc or swc, or write @Inject(token) on each parameter.',
  },
  {
    code: 'DEPENDENCY_UNRESOLVED',
    when: 'a constructor asks for an interface',
    make: () => start({ controllers: [NeedsInterface] }),
    place: 'NeedsInterface, constructor parameter 0',
    fault: 'Its type is an interface, or is imported with `import type`, so it does not exist at run time.',
    cure: 'Write @Inject(token) and provide the token, or import the class without `type`.',
  },
  {
    code: 'DEPENDENCY_UNRESOLVED',
    when: 'a dependency of a dependency has no provider',
    make: () => start({ controllers: [NeedsMailer] }),
    place: 'Mailer, constructor parameter 0',
    fault: 'The token "smtp-url" has no provider. It is needed by NeedsMailer → Mailer.',
    cure: 'Add { token, useValue | useClass | useFactory } to the providers.',
  },
  {
    code: 'DEPENDENCY_UNRESOLVED',
    when: 'a middleware class asks for a symbol without a provider',
    make: () => start({ middleware: [Late] }),
    place: 'Late, constructor parameter 0',
    fault: 'The token Symbol(late) has no provider.',
    cure: 'Add { token, useValue | useClass | useFactory } to the providers.',
  },
  {
    code: 'DEPENDENCY_UNRESOLVED',
    when: 'a constructor asks for text',
    make: () => start({ controllers: [NeedsText] }),
    place: 'NeedsText, constructor parameter 0',
    fault: 'Its type is String, which the container cannot construct.',
    cure: 'Write @Inject(token) and add { token, useValue: … } to the providers.',
  },
  {
    code: 'DEPENDENCY_UNRESOLVED',
    when: 'a type is undefined, because two files import each other',
    make: () => start({ providers: [{ token: 'earlier', useClass: Earlier }] }),
    place: 'Earlier, constructor parameter 0',
    fault:
      'Its type is undefined, because two files import each other and this one is loaded first. It is needed by "earlier" → Earlier.',
    cure: 'Remove the import cycle, or write @Inject(token).',
  },
  {
    code: 'DEPENDENCY_CYCLE',
    when: 'dependencies form a cycle',
    make: () => start({ controllers: [First] }),
    place: 'First',
    fault: 'The dependencies form a cycle: First → Second → Third → First.',
    cure: 'Move what they share into another class.',
  },
  {
    code: 'DEPENDENCY_FAILED',
    when: 'the constructor of a controller throws',
    make: () => start({ controllers: [Broken] }),
    place: 'Broken',
    fault: 'Broken could not be created: no disk',
    cure: 'Fix its constructor or factory, or provide what it needs.',
  },
  {
    code: 'DEPENDENCY_FAILED',
    when: 'a custom container throws something other than an error',
    make: () =>
      start({
        controllers: [NeedsText],
        container: {
          resolve: () => {
            throw 'nothing here';
          },
        },
      }),
    place: 'NeedsText',
    fault: 'NeedsText could not be created: nothing here',
    cure: 'Fix its constructor or factory, or provide what it needs.',
  },
  {
    code: 'DEPENDENCY_UNRESOLVED',
    when: 'a factory asks for a token without a provider',
    make: () => start({ providers: [{ token: token('database'), useFactory: () => 1, inject: ['url'] }] }),
    place: 'database, inject 0',
    fault: 'The token "url" has no provider.',
    cure: 'Add { token, useValue | useClass | useFactory } to the providers.',
  },
  {
    code: 'DEPENDENCY_FAILED',
    when: 'an asynchronous factory fails',
    make: () =>
      start({ providers: [{ token: 'database', useFactory: () => Promise.reject(new Error('no route')) }] }),
    place: '"database"',
    fault: '"database" could not be created: no route',
    cure: 'Fix its constructor or factory, or provide what it needs.',
  },
  {
    code: 'DEPENDENCY_SCOPE',
    when: 'a singleton depends on something that belongs to a request',
    make: () => start({ controllers: [Cached] }),
    place: 'Cache',
    fault:
      'It is a singleton, but depends on something that belongs to a request: Cache → CurrentUser → Context.',
    cure: "Remove scope: 'singleton', so that it is made for each request, or pass what it needs to its methods.",
  },
  {
    code: 'DEPENDENCY_SCOPE',
    when: 'something that belongs to a request has @OnStart',
    make: () => start({ controllers: [Starting] }),
    place: 'Starting',
    fault: 'It has @OnStart or @OnStop, but is made for each request: Starting → CurrentUser → Context.',
    cure: 'Move these methods to a singleton that it depends on. To clean up after a request, write a Symbol.dispose method.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'there are overrides and a container',
    make: () => start({ overrides: [{ token: 'a', useValue: 1 }], container: { resolve: () => 1 } }),
    place: 'createApp()',
    fault: 'overrides cannot be combined with container: register them in the container instead.',
    cure: 'Change overrides, or leave it out.',
  },
  {
    code: 'PROVIDER_INVALID',
    when: 'an override provides nothing',
    make: () => start({ overrides: [{ token: 'a' }] }),
    place: 'createApp, overrides 0',
    fault: 'It needs one of useValue, useClass and useFactory.',
    cure: PROVIDER,
  },
  provider(
    'its inject is not a list',
    { token: 'a', useFactory: () => 1, inject: 'url' },
    'inject must be a list of tokens, and is only allowed with useFactory.',
  ),
  provider(
    'its scope does not exist',
    { token: 'a', useClass: Broken, scope: 'session' },
    "scope must be 'singleton', 'request' or 'transient', and is only allowed with useClass and useFactory.",
  ),
  provider('it is null', null, 'null is neither an object nor a class.'),
  {
    code: 'PROVIDER_INVALID',
    when: 'it is undefined',
    make: () => start({ providers: [undefined] }),
    place: 'createApp, providers 0',
    fault: 'undefined is neither an object nor a class.',
    cure: `${PROVIDER} If you import it, two files import each other: move what both need into a third.`,
  },
  {
    code: 'DEPENDENCY_UNRESOLVED',
    when: 'the token in an inject list is undefined',
    make: () => start({ providers: [{ token: 'a', useFactory: () => 1, inject: [undefined] }] }),
    place: '"a", inject 0',
    fault: 'The token is undefined, because two files import each other and this one is loaded first.',
    cure: 'Remove the import cycle, or move the token into a third file.',
  },
  provider(
    'it has no token',
    { useValue: 1 },
    'token must be a class, a string, a symbol or the result of token(), but it is undefined: it is missing, or two files import each other.',
  ),
  provider(
    'its token is a number',
    { token: 1, useValue: 1 },
    'token must be a class, a string, a symbol or the result of token().',
  ),
  provider('it provides nothing', { token: 'a' }, 'It needs one of useValue, useClass and useFactory.'),
  provider(
    'it provides in two ways',
    { token: 'a', useValue: 1, useClass: Broken },
    'It has useValue and useClass, but only one of them is allowed.',
  ),
  provider('its class is a text', { token: 'a', useClass: 'Broken' }, 'useClass must be a class.'),
  provider('its factory is a number', { token: 'a', useFactory: 5 }, 'useFactory must be a function.'),
];
