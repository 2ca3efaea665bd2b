import { Controller, Get, Post, type AppOptions, type Middleware } from '@sluice/core';
import { Session } from '@sluice/session';
import { GREETING } from '../workloads/payloads.js';
import { middleware, stack } from './sluice-stack.js';

const HEAVY_NOTE = 'Check content-encoding header!';

@Controller('/')
class CostsController {
  @Post('/login')
  logIn() {}

  @Get()
  greet() {
    return GREETING;
  }

  @Get('/heavy')
  weigh() {
    return { data: 'x'.repeat(1000), note: HEAVY_NOTE };
  }
}

/** The same routes, but they read the session. */
@Controller('/')
class ReadingController {
  @Post('/login')
  logIn(@Session() session: { hello?: string }) {
    session.hello = 'world';
  }

  @Get()
  greet(@Session() session: { hello?: string }) {
    return { hello: session.hello };
  }

  @Get('/heavy')
  weigh(@Session() session: { hello?: string }) {
    return { data: session.hello === 'world' ? 'x'.repeat(1000) : '', note: HEAVY_NOTE };
  }
}

const passOn: Middleware = { name: 'passOn', handle: (_context, next) => next() };

/** By flavour: which middleware, and whether the handler reads the session. */
const flavours: Record<string, { middleware: Middleware[]; reads?: boolean }> = {
  none: { middleware: [] },
  own: { middleware: [passOn] },
  'trusted-host': { middleware: [middleware.trustedHost] },
  cors: { middleware: [middleware.cors] },
  gzip: { middleware: [middleware.gzip] },
  'session-unread': { middleware: [middleware.session] },
  session: { middleware: [middleware.session], reads: true },
  stack: { middleware: stack, reads: true },
};

/** The application whose cost a row of the suite is. */
export function createCosts(flavour: string): AppOptions {
  const { middleware, reads = false } = flavours[flavour]!;
  return { controllers: [reads ? ReadingController : CostsController], middleware };
}
