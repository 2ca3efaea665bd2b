import {
  BodyLimit,
  Controller,
  createApp,
  Ctx,
  Get,
  Post,
  type App,
  type AppOptions,
  type Context,
  type HttpMethod,
  type PlainRoute,
} from '@sluice/core';
import { makeHandler, type Handler } from './fixture-handler';
import { makeFixtureOptions, type FixtureNotes } from './fixture-options';
import { makeSessionController } from './session-controller';
import type { WireCase } from './wire-case';

/** Creates the application of a case, and listens. Throws if Sluice refuses to start. */
export async function startFixture(
  wireCase: WireCase,
  notes: FixtureNotes,
): Promise<{ readonly app: App; readonly port: number }> {
  const { added = [], isAddedAfterStart = false, ...options } = makeFixtureOptions(wireCase, notes);
  const logger = { info() {}, warn() {}, error: (error: unknown) => void notes.logged.push(error) };
  const app = await createApp({ logger, development: false, ...options, ...listEndpoints(wireCase, notes) });
  const add = (): void => added.forEach((middleware) => app.use(middleware));
  if (!isAddedAfterStart) add();
  const { port } = await app.listen({ port: 0, handleSignals: false });
  try {
    if (isAddedAfterStart) add();
  } catch (error) {
    await app.close();
    throw error;
  }
  return { app, port };
}

function listEndpoints(
  wireCase: WireCase,
  { trace }: FixtureNotes,
): Pick<AppOptions, 'controllers' | 'routes'> {
  const { app, middleware, options } = wireCase;
  if (app.kind === 'session') return { controllers: [makeSessionController(app.mounted_at)] };
  const handler = makeHandler(app, trace);
  if (middleware === 'bodyLimit' && app.kind === 'read_body')
    return { controllers: [makeLimitedController(handler, options['maxBodySize'] as number)] };
  return { routes: listRoutes(wireCase, handler) };
}

/** A route for every path in the requests, with the methods of the description, else with GET and POST if requested. */
function listRoutes({ app, steps }: WireCase, handler: Handler): PlainRoute[] {
  const requests = steps.map(({ request }) => request);
  const paths = new Set(requests.map(({ path = '/' }) => path.split('?', 1)[0]!));
  const requested = requests.map(({ method = 'GET' }) => method);
  const methods = new Set(app.methods ?? ['GET', ...requested.filter((method) => method === 'POST')]);
  return [...paths].flatMap((path) =>
    [...methods].map((method) => ({ method: method as HttpMethod, path, handler })),
  );
}

/** A controller with the limit as a decorator. */
function makeLimitedController(handler: Handler, limit: number) {
  @Controller('/')
  class LimitedController {
    @Get()
    @BodyLimit(limit)
    get(@Ctx() context: Context) {
      return handler(context);
    }

    @Post()
    @BodyLimit(limit)
    post(@Ctx() context: Context) {
      return handler(context);
    }
  }
  return LimitedController;
}
