import {
  Controller,
  createApp,
  Get,
  Param,
  UseMiddleware,
  ConfigurationError,
  CONFIGURATION_CODES,
} from '../../src';
import { DECORATOR_MISTAKES } from './decorator-mistakes';
import { DEPENDENCY_MISTAKES } from './dependency-mistakes';
import { FORM_MISTAKES } from './form-mistakes';
import { LISTEN_MISTAKES } from './listen-mistakes';
import { MIDDLEWARE_MISTAKES } from './middleware-mistakes';
import { catchError, testMistakes } from './test-mistakes';
import type { Mistake } from './mistake';
import { REPLY_MISTAKES } from './reply-mistakes';
import { ROUTE_MISTAKES } from './route-mistakes';
import { TLS_MISTAKES } from './tls-mistakes';

const MISTAKES: readonly Mistake[] = [
  ...ROUTE_MISTAKES,
  ...DECORATOR_MISTAKES,
  ...FORM_MISTAKES,
  ...MIDDLEWARE_MISTAKES,
  ...DEPENDENCY_MISTAKES,
  ...LISTEN_MISTAKES,
  ...TLS_MISTAKES,
  ...REPLY_MISTAKES,
];

describe('a mistake at start-up', () => {
  testMistakes(MISTAKES);

  // The test of ENGINE_MISSING needs a process of its own: engine-missing.test.ts. STATE_PER_WORKER is a warning.
  // The mistakes of documents are in packages/openapi, and those of variables in packages/config.
  it('has a code of the list, and every code has a mistake', () => {
    const codes = new Set<string>([
      ...MISTAKES.map(({ code }) => code),
      'ENGINE_MISSING',
      'STATE_PER_WORKER',
      ...Object.keys(CONFIGURATION_CODES).filter((code) => /^(?:OPENAPI|CONFIG)_/.test(code)),
    ]);
    expect([...codes].sort()).toEqual(Object.keys(CONFIGURATION_CODES).sort());
  });
});

@Controller('/many')
class ManyController {
  @Get('/:id') show(@Param('other') _other: string) {}
  @Get('/:name') find(_value: string) {}
}

class NotListed {
  @Get() list() {}
}

@Controller('/wrapped')
@UseMiddleware(() => undefined)
class WronglyWrapped {
  @Get('/a') one() {}
  @Get('/b') other() {}
}

describe('a mistake on a class', () => {
  it('is reported once, not once for each of its routes', async () => {
    const failure = await createApp({ controllers: [WronglyWrapped] }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ problems: [{ code: 'MIDDLEWARE_INVALID', place: 'WronglyWrapped' }] });
  });

  it('is reported for a decorator without parentheses too', async () => {
    const replaced = Controller(class {} as never) as never;
    const failure = await createApp({ controllers: [replaced] }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ problems: [{ code: 'CONTROLLER_UNDECORATED' }] });
  });
});

describe('several mistakes', () => {
  const make = () =>
    createApp({
      controllers: [ManyController, NotListed],
      routes: [{ method: 'GET', path: '/{x}', handler: () => 1 }],
      middleware: ['gzip' as never],
      errorHandlers: [{} as never],
      providers: [{} as never],
    });

  it('are reported together, each once', async () => {
    const error = (await catchError(make)) as ConfigurationError;
    expect(error.problems.map(({ code, place }) => `${code} ${place}`).sort()).toEqual([
      'CONTROLLER_UNDECORATED NotListed',
      'ERROR_HANDLER_INVALID createApp, errorHandlers 0',
      'MIDDLEWARE_INVALID createApp, middleware 0',
      'PARAMETER_UNDECORATED ManyController.find, parameter 0',
      'PARAM_NOT_IN_PATH ManyController.show, parameter 0',
      'PROVIDER_INVALID createApp, providers 0',
      'ROUTE_DUPLICATE ManyController.find',
      'ROUTE_PATH_INVALID handler',
    ]);
    expect(error.message).toMatch(/^The application cannot start: 8 problems\.\n\n/);
  });

  it('are reported before anything listens, also when they come with `use`', async () => {
    const app = await createApp({});
    app.use('gzip' as never).use({} as never);
    for (const attempt of [() => app.listen({ port: 0 }), () => app.inject({ url: '/' }), () => app.plan]) {
      const error = (await catchError(attempt)) as ConfigurationError;
      expect(error.problems.map(({ code }) => code)).toEqual(['MIDDLEWARE_INVALID', 'MIDDLEWARE_INVALID']);
    }
  });
});
