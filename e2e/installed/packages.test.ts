import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installPackages, namePackage, npm, PACKAGES, ROOT, run } from './install-packages';
import { Program } from '../programs/program';

const MINUTE = 60_000;

const APPLICATION = `
import { accessLog } from '@sluice/access-log';
import { bearer, Public, Scopes, User } from '@sluice/auth';
import { cacheControl } from '@sluice/cache-control';
import { runCli } from '@sluice/cli';
import { config } from '@sluice/config';
import { compression, gzip } from '@sluice/compression';
import { Controller, createApp, Get, Param, UseMiddleware, type AppOptions, type Context, type Next } from '@sluice/core';
import { cors } from '@sluice/cors';
import { runCreate } from 'create-sluice';
import { csrf } from '@sluice/csrf';
import { etag } from '@sluice/etag';
import { health } from '@sluice/health';
import { httpsRedirect } from '@sluice/https-redirect';
import { ipFilter } from '@sluice/ip-filter';
import { metrics } from '@sluice/metrics';
import { openapi } from '@sluice/openapi';
import { openapiScalar } from '@sluice/openapi-scalar';
import { Job, queue } from '@sluice/queue';
import { RateLimit, rateLimit } from '@sluice/rate-limit';
import { keySlot } from '@sluice/redis';
import { requestContext } from '@sluice/request-context';
import { requestId } from '@sluice/request-id';
import { Interval, scheduler } from '@sluice/scheduler';
import { memoryCache, responseCache } from '@sluice/response-cache';
import { securityHeaders } from '@sluice/security-headers';
import { secureDefaults } from '@sluice/secure-defaults';
import { Session, session, type SessionData } from '@sluice/session';
import { staticFiles } from '@sluice/static';
import { swaggerUi } from '@sluice/swagger-ui';
import { redisStore } from '@sluice/session-redis';
import { postgresStore } from '@sluice/session-sql';
import { testApp } from '@sluice/testing';
import { timeout } from '@sluice/timeout';
import { trustedHost } from '@sluice/trusted-host';
import { tracing } from '@sluice/tracing';
import { underPressure } from '@sluice/under-pressure';

class Stamp {
  async handle(context: Context, next: Next): Promise<void> {
    await next();
    context.response.headers.set('X-Stamp', 'installed');
  }
}

// @ts-expect-error an option that does not exist is a compile error
export const mistake = (): unknown => cors({ allowOrigin: ['*'] });
export const recommended = (): unknown => secureDefaults({ trustedHost: false });
export const cached = (): unknown => responseCache({ ttl: 60, store: memoryCache() });
export const alternative = (): unknown => compression({ encodings: ['br', 'gzip'] });
export const stored = (client: Parameters<typeof redisStore>[0]['client']): unknown => session({ secretKey: 'x'.repeat(32), store: redisStore({ client }) });
export const shared = (pool: Parameters<typeof postgresStore>[0]['pool']): unknown => session({ secretKey: 'x'.repeat(32), store: postgresStore({ pool }) });
export const tools: readonly unknown[] = [runCli, runCreate];
export const settings = (): unknown => createApp({ providers: [config(Stamp, { prefix: 'NOTES_' })] });
export const slot: number = keySlot('notes:{7}');

class Writer {
  @Job('reports', { attempts: 3 })
  write() {}
}
export const queued = (): unknown => createApp({ providers: [Writer], services: [queue({ connection: 'redis://127.0.0.1:1' })] });

class Reports {
  @Interval('1d')
  daily() {}
}

@Controller('/notes')
@UseMiddleware(Stamp)
class NotesController {
  @Get('/:id')
  @Public()
  show(@Param('id') id: string, @Session() data: SessionData) {
    data['last'] = id;
    return { id, text: 'x'.repeat(1000) };
  }

  @Get('/mine')
  @RateLimit({ limit: 100, window: 60 })
  @Scopes('read')
  mine(@User() user: { readonly id: string }) {
    return user.id;
  }
}

const meters = metrics();
meters.counter('notes_total', { help: 'Notes.' }).add(1);

const options: AppOptions = {
  controllers: [NotesController],
  providers: [Reports],
  services: [scheduler()],
  routes: [...openapi({ info: { title: 'Notes', version: '1.0.0' } }), ...swaggerUi(), ...openapiScalar(), ...health({ readyPath: '/ready' })],
  middleware: [
    requestId(),
    requestContext(),
    accessLog(),
    meters,
    tracing(),
    trustedHost({ allowedHosts: ['127.0.0.1', 'localhost'] }),
    ipFilter({ allow: ['loopback'] }),
    httpsRedirect({ exclude: ['/notes/*'] }),
    securityHeaders({ preset: 'api' }),
    cors({ allowOrigins: ['https://app.example'] }),
    rateLimit({ limit: 1000, window: 60 }),
    underPressure({ maxInFlight: 1000 }),
    timeout({ afterMs: 10_000 }),
    gzip({ minimumSize: 500, compressLevel: 6 }),
    etag(),
    cacheControl({ private: true }),
    staticFiles({ root: '.', prefix: '/files' }),
    session({ secretKey: 'a secret for tests that is long enough' }),
    csrf({ token: true }),
    bearer({ verify: (token) => (token === 'of-ada' ? { id: 'ada', scopes: ['read'] } : undefined) }),
  ],
};

async function main(): Promise<void> {
  const tested = await testApp(options);
  const ada = tested.client({ headers: { authorization: 'Bearer of-ada' } });
  console.log('tested: ' + (await (await ada.get('/notes/mine')).text()));
  await tested.close();

  const app = await createApp(options);
  const { url } = await app.listen({ port: 0 });
  console.log('listening on ' + url);
}

void main();
`;

const TSCONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023'],
    strict: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    rootDir: '.',
    outDir: 'out',
    types: ['node'],
    typeRoots: [path.join(ROOT, 'node_modules/@types')],
  },
  files: ['application.mts', 'application.cts'],
};

describe('the packages, packed and installed into an empty project', () => {
  const project = mkdtempSync(path.join(tmpdir(), 'sluice-packages-'));

  beforeAll(async () => {
    writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    writeFileSync(path.join(project, 'application.mts'), APPLICATION);
    writeFileSync(path.join(project, 'application.cts'), APPLICATION);
    await installPackages(project);
  }, 5 * MINUTE);

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it.each(PACKAGES.map(namePackage))('%s shows ESM the names that CommonJS sees', async (name) => {
    const required = await evaluate('commonjs', `Object.keys(require('${name}'))`);
    const imported = await evaluate('module', `Object.keys(await import('${name}'))`);
    expect(required.length).toBeGreaterThan(0);
    expect(imported).toEqual(expect.arrayContaining(required));
  });

  it('carry no sources and no tests', () => {
    for (const name of PACKAGES.map(namePackage)) {
      const installed = readdirSync(path.join(project, 'node_modules', name));
      expect(installed).toEqual(expect.arrayContaining(['dist', 'package.json', 'README.md']));
      expect(installed).not.toContain('src');
      expect(installed).not.toContain('test');
    }
  });

  it('are all used by the application of this test', () => {
    const names = PACKAGES.map(namePackage);
    expect(names.filter((name) => !APPLICATION.includes(`from '${name}'`))).toEqual([]);
  });

  describe('type-checked with nodenext', () => {
    beforeAll(async () => {
      const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
      const { stdout } = await run(process.execPath, [tsc, '-p', project]).catch(
        (error: { stdout: string }) => error,
      );
      expect(stdout).toBe('');
    }, 5 * MINUTE);

    it.each(['application.mjs', 'application.cjs'])('answers over HTTP as %s', async (file) => {
      await using program = Program.start(process.execPath, [path.join('out', file)], { cwd: project });
      const url = await program.waitForUrl();
      expect(program.stdout).toContain('tested: ada\n');
      expect((await fetch(`${url}/notes/mine`)).status).toBe(401);
      const response = await fetch(`${url}/notes/7`, { headers: { Origin: 'https://app.example' } });
      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
      expect(response.headers.get('content-encoding')).toBe('gzip');
      expect(response.headers.get('set-cookie')).toMatch(/^session=/);
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      expect(response.headers.get('x-stamp')).toBe('installed');
      expect(response.headers.get('ratelimit-policy')).toBe('"default";q=1000;w=60');
      expect(await response.json()).toEqual({ id: '7', text: 'x'.repeat(1000) });
      expect(await program.stop()).toBe(0);
    });
  });

  it(
    'type-check with the oldest TypeScript that is supported',
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'sluice-typescript-'));
      try {
        await npm(folder, 'install', '--prefer-offline', '--no-audit', 'typescript@5.4');
        const tsc = path.join(folder, 'node_modules/typescript/bin/tsc');
        const checked = run(process.execPath, [tsc, '-p', project, '--noEmit']);
        expect((await checked.catch((error: { stdout: string }) => error)).stdout).toBe('');
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    5 * MINUTE,
  );

  async function evaluate(type: 'commonjs' | 'module', expression: string): Promise<string[]> {
    const code = `console.log(JSON.stringify(${expression}))`;
    const { stdout } = await run(process.execPath, [`--input-type=${type}`, '-e', code], { cwd: project });
    return JSON.parse(stdout) as string[];
  }
});
