import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { brotliCompressSync } from 'node:zlib';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { CacheControl } from '@sluice/cache-control';
import {
  Body,
  Controller,
  created,
  Ctx,
  Get,
  Param,
  Post,
  type Context,
  type Middleware,
  UseMiddleware,
} from '@sluice/core';
import { health } from '@sluice/health';
import { ipFilter } from '@sluice/ip-filter';
import { metrics } from '@sluice/metrics';
import { memoryLimits, RateLimit } from '@sluice/rate-limit';
import { requestContext } from '@sluice/request-context';
import { memoryCache, responseCache } from '@sluice/response-cache';
import { secureDefaults } from '@sluice/secure-defaults';
import { destroySession, memoryStore, regenerateSession, Session, type SessionData } from '@sluice/session';
import { staticFiles } from '@sluice/static';
import { Timeout } from '@sluice/timeout';
import { tracing } from '@sluice/tracing';
import { underPressure } from '@sluice/under-pressure';
import { IsString, MaxLength } from 'class-validator';
import { FILES, PRICES } from '../../soak/stack-content';
import { serve } from '../serve';

/** Small, so that what is bounded is full early, and memory that still grows is not the filling of a cache. */
const MOST_KEPT = 500;
const MOST_BYTES = 64 * 1024;

class CreateNote {
  @IsString()
  @MaxLength(100)
  text!: string;
}

@Controller()
class StackController {
  @Get('/notes')
  @CacheControl({ private: true, noCache: true })
  list(@Session() session: SessionData) {
    return session['notes'] ?? [];
  }

  @Post('/notes')
  add(@Body() { text }: CreateNote, @Session() session: SessionData) {
    session['notes'] = [...((session['notes'] as string[] | undefined) ?? []), text];
    return created({ text });
  }

  @Post('/login')
  logIn(@Body() { text }: CreateNote, @Session() session: SessionData) {
    regenerateSession(session);
    session['user'] = text;
  }

  @Post('/logout')
  logOut(@Session() session: SessionData) {
    destroySession(session);
  }

  @Get('/prices')
  @CacheControl({ public: true, maxAge: 60 })
  prices() {
    return PRICES;
  }

  @Get('/prices/:id')
  price(@Param('id') id: number) {
    return { id };
  }

  @Get('/articles/:id')
  @UseMiddleware(responseCache({ ttl: 3600, store: memoryCache({ maxBytes: MOST_BYTES }) }))
  article(@Param('id') id: number) {
    return { id, text: 'an article that is kept' };
  }

  @Post('/search')
  @RateLimit({
    name: 'search',
    limit: 1,
    window: 60,
    key: { header: 'X-Client' },
    store: memoryLimits({ maxKeys: MOST_KEPT }),
  })
  search() {
    return [];
  }

  @Get('/late')
  @Timeout(5)
  async late(@Ctx() { signal }: Context) {
    await wait(10_000, undefined, { signal });
  }

  @Get('/broken')
  broken() {
    throw new Error('a secret of the server');
  }
}

const BUILT_AT = new Date('2026-01-02T03:04:05Z');

/** `/assets/app-1a2b.js`, with a compressed form, as a build makes it. */
function writeFiles(): string {
  const root = mkdtempSync(path.join(tmpdir(), 'sluice-soak-'));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    const file = path.join(root, name);
    writeFileSync(file, text);
    writeFileSync(`${file}.br`, brotliCompressSync(text));
    // The tag of a file that was just written is weak.
    for (const one of [file, `${file}.br`]) utimesSync(one, BUILT_AT, BUILT_AT);
  }
  return root;
}

const stack = secureDefaults({
  trustedHost: { allowedHosts: ['localhost'] },
  accessLog: { logger: { info() {}, warn() {}, error() {} } },
  cors: { allowOrigins: ['https://other.example'] },
  rateLimit: { limit: 100_000_000, window: 60 },
  session: {
    secretKey: 'a secret for tests that is long enough',
    store: memoryStore({ maxEntries: MOST_KEPT }),
  },
});

/** Puts middleware in front of the one of a name, so that all of it is in the recommended order. */
function putBefore(name: string, ...more: readonly Middleware[]): void {
  stack.splice(
    stack.findIndex((one) => one.name === name),
    0,
    ...more,
  );
}

putBefore('accessLog', requestContext(), metrics({ activeRequests: true, bodySizes: true }), tracing());
putBefore('securityHeaders', ipFilter({ allow: ['loopback'], deny: ['203.0.113.0/24'] }));
putBefore('timeout', underPressure({ maxEventLoopDelayMs: 60_000, maxInFlight: 100_000 }));
putBefore('session', staticFiles({ root: writeFiles(), immutable: /^assets\//, precompressed: ['br'] }));

// Spans are made, and nothing exports them.
new NodeTracerProvider().register();
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

void serve(
  {
    controllers: [StackController],
    routes: health({ checks: { self: () => true, later: async () => Promise.resolve(true) } }),
    middleware: stack,
    logger: { info() {}, warn() {}, error() {} },
  },
  collect,
);
