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
  'Write { token, useValue: … }, or useClass: SomeClass, or useFactory: () => …; or a class alone.';

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
    fault: 'The constructor of NoTypes has parameters, and the compiler emitted no types for them.',
    cure: 'Write @Injectable() before the class; if it is there (or @Controller is), your compiler emits no metadata (tsx and esbuild do not): use tsc or swc, or @Inject(token) on each parameter.',
  },
  {
    code: 'DEPENDENCY_UNRESOLVED',
    when: 'a constructor asks for an interface',
    make: () => start({ controllers: [NeedsInterface] }),
    place: 'NeedsInterface, constructor parameter 0',
    fault:
      'Its type is an interface, or was imported with `import type`, so nothing is left of it at run time.',
    cure: 'Write @Inject(token) and provide the token, or import the class without `type`.',
  },
  {
    code: 'DEPENDENCY_UNRESOLVED',
    when: 'nothing is provided for a token, further in',
    make: () => start({ controllers: [NeedsMailer] }),
    place: 'Mailer, constructor parameter 0',
    fault: 'Nothing is provided for the token "smtp-url". It is needed by NeedsMailer → Mailer.',
    cure: 'Add { token, useValue | useClass | useFactory } to the providers.',
  },
  {
    code: 'DEPENDENCY_UNRESOLVED',
    when: 'a middleware class asks for a symbol that nobody provides',
    make: () => start({ middleware: [Late] }),
    place: 'Late, constructor parameter 0',
    fault: 'Nothing is provided for the token Symbol(late).',
    cure: 'Add { token, useValue | useClass | useFactory } to the providers.',
  },
  {
    code: 'DEPENDENCY_UNRESOLVED',
    when: 'a constructor asks for text',
    make: () => start({ controllers: [NeedsText] }),
    place: 'NeedsText, constructor parameter 0',
    fault: 'Its type is String, which nobody can construct in a useful way.',
    cure: 'Write @Inject(token) and add { token, useValue: … } to the providers.',
  },
  {
    code: 'DEPENDENCY_UNRESOLVED',
    when: 'a type is undefined, because two files import one another',
    make: () => start({ providers: [{ token: 'earlier', useClass: Earlier }] }),
    place: 'Earlier, constructor parameter 0',
    fault:
      'Its type is undefined: two files import one another, and this one came first. It is needed by "earlier" → Earlier.',
    cure: 'Break the circle between the files, or write @Inject(token).',
  },
  {
    code: 'DEPENDENCY_CYCLE',
    when: 'classes depend on one another in a circle',
    make: () => start({ controllers: [First] }),
    place: 'First',
    fault: 'The classes depend on one another in a circle: First → Second → Third → First.',
    cure: 'Move what both need into a third class.',
  },
  {
    code: 'DEPENDENCY_FAILED',
    when: 'the constructor of a controller throws',
    make: () => start({ controllers: [Broken] }),
    place: 'Broken',
    fault: 'Broken can not be constructed: no disk',
    cure: 'Mend its constructor, or provide what it needs.',
  },
  {
    code: 'DEPENDENCY_FAILED',
    when: 'a container of the user throws something that is no error',
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
    fault: 'NeedsText can not be constructed: nothing here',
    cure: 'Mend its constructor, or provide what it needs.',
  },
  {
    code: 'DEPENDENCY_UNRESOLVED',
    when: 'a factory asks for a token that nobody provides',
    make: () => start({ providers: [{ token: token('database'), useFactory: () => 1, inject: ['url'] }] }),
    place: 'database, inject 0',
    fault: 'Nothing is provided for the token "url".',
    cure: 'Add { token, useValue | useClass | useFactory } to the providers.',
  },
  {
    code: 'DEPENDENCY_FAILED',
    when: 'an asynchronous factory fails',
    make: () =>
      start({ providers: [{ token: 'database', useFactory: () => Promise.reject(new Error('no route')) }] }),
    place: '"database"',
    fault: '"database" can not be constructed: no route',
    cure: 'Mend its constructor, or provide what it needs.',
  },
  {
    code: 'DEPENDENCY_SCOPE',
    when: 'a singleton depends on something of a request',
    make: () => start({ controllers: [Cached] }),
    place: 'Cache',
    fault: 'It is a singleton and depends on what belongs to one request: Cache → CurrentUser → Context.',
    cure: "Take scope: 'singleton' away: it is then made for each request. Or hand what it needs to its methods.",
  },
  {
    code: 'DEPENDENCY_SCOPE',
    when: 'something of a request is to start with the application',
    make: () => start({ controllers: [Starting] }),
    place: 'Starting',
    fault: 'It has @OnStart or @OnStop and is made for each request: Starting → CurrentUser → Context.',
    cure: 'Move them to a singleton that it depends on; what is made for a request ends with Symbol.dispose.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'overrides are given together with a container',
    make: () => start({ overrides: [{ token: 'a', useValue: 1 }], container: { resolve: () => 1 } }),
    place: 'createApp()',
    fault: 'overrides can not be given together with a container: give them to the container.',
    cure: 'Change overrides, or leave it out.',
  },
  {
    code: 'PROVIDER_INVALID',
    when: 'an override is none',
    make: () => start({ overrides: [{ token: 'a' }] }),
    place: 'createApp, overrides 0',
    fault: 'It has none of useValue, useClass and useFactory.',
    cure: PROVIDER,
  },
  provider(
    'it asks for something that is no list',
    { token: 'a', useFactory: () => 1, inject: 'url' },
    'inject is a list of tokens, and goes with useFactory.',
  ),
  provider(
    'its scope is none',
    { token: 'a', useClass: Broken, scope: 'session' },
    "scope is 'singleton', 'request' or 'transient', and goes with useClass and useFactory.",
  ),
  provider('it is null', null, 'It is no record.'),
  provider(
    'it has no token',
    { useValue: 1 },
    'token is no token: a class, a text, a symbol or what token() makes.',
  ),
  provider('it provides nothing', { token: 'a' }, 'It has none of useValue, useClass and useFactory.'),
  provider(
    'it provides in two ways',
    { token: 'a', useValue: 1, useClass: Broken },
    'It has useValue and useClass, and only one can be meant.',
  ),
  provider('its class is none', { token: 'a', useClass: 'Broken' }, 'useClass is no class.'),
  provider('its factory is none', { token: 'a', useFactory: 5 }, 'useFactory is no function.'),
];
