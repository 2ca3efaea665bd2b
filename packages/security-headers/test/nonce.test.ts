import { Controller, createApp, Ctx, Get, html, stream, type AppOptions, type Context } from '@sluice/core';
import { CspNonce, cspNonce, NONCE, securityHeaders, type SecurityHeadersOptions } from '../src';

const QUIET = { info() {}, warn() {}, error() {} };
const late: unknown[] = [];

@Controller('/pages')
class PagesController {
  @Get()
  page(@CspNonce() nonce: string, @Ctx() context: Context) {
    return html(`<script nonce="${nonce}"></script><style nonce="${cspNonce(context)}"></style>`);
  }

  @Get('/plain')
  plain() {
    return html('<p>');
  }

  @Get('/own')
  own(@Ctx() context: Context) {
    context.response.headers.set('Content-Security-Policy', "script-src 'self'");
    return html(cspNonce(context));
  }

  @Get('/broken')
  fail(@Ctx() context: Context) {
    throw new Error(cspNonce(context));
  }

  @Get('/streamed')
  streamed(@Ctx() context: Context) {
    return stream(
      (async function* () {
        yield `<script nonce="${cspNonce(context)}"></script>`;
        yield cspNonce(context);
      })(),
      { headers: { 'Content-Type': 'text/html' } },
    );
  }

  @Get('/late')
  late(@Ctx() context: Context) {
    return stream(
      (async function* () {
        yield '<p>';
        try {
          yield cspNonce(context);
        } catch (error) {
          late.push(error);
        }
      })(),
      { headers: { 'Content-Type': 'text/html' } },
    );
  }
}

const WITH_NONCE: SecurityHeadersOptions = { contentSecurityPolicy: { scriptSrc: ["'self'", NONCE] } };
const start = (options: SecurityHeadersOptions = WITH_NONCE, rest: AppOptions = {}) =>
  createApp({
    controllers: [PagesController],
    middleware: [securityHeaders(options)],
    logger: QUIET,
    ...rest,
  });
const readNonces = (text: string) => [...text.matchAll(/nonce(?:-|=")([\w-]+)/g)].map(([, nonce]) => nonce);

describe('the nonce', () => {
  it('is the same in the page and in the header, and has at least 128 bits', async () => {
    const response = await (await start()).inject({ url: '/pages' });
    const [nonce, ...others] = readNonces(response.text());
    expect(Buffer.from(nonce!, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    expect(others).toEqual([nonce]);
    expect(readNonces(response.header('content-security-policy')!)).toEqual([nonce]);
    expect(response.header('content-security-policy')).toContain(`script-src 'self' 'nonce-${nonce}';`);
  });

  it('differs from request to request', async () => {
    const app = await start();
    const nonces = new Set<unknown>();
    for (let index = 0; index < 100; index += 1)
      nonces.add(readNonces((await app.inject({ url: '/pages' })).text())[0]);
    expect(nonces.size).toBe(100);
  });

  it('is in both policies and in each directive that has NONCE', async () => {
    const policy = { scriptSrc: [NONCE, "'strict-dynamic'"], styleSrc: [NONCE] };
    const app = await start({ contentSecurityPolicy: policy, contentSecurityPolicyReportOnly: policy });
    const response = await app.inject({ url: '/pages' });
    const [nonce] = readNonces(response.text());
    for (const name of ['content-security-policy', 'content-security-policy-report-only']) {
      expect(readNonces(response.header(name)!)).toEqual([nonce, nonce]);
      expect(response.header(name)).toContain(`script-src 'nonce-${nonce}' 'strict-dynamic'`);
    }
  });

  it('is not in the header of a response that does not read it, and nothing runs there by trust', async () => {
    const response = await (await start()).inject({ url: '/pages/plain' });
    expect(response.header('content-security-policy')).toContain("script-src 'self';");
    const strict = await start({ preset: 'strict' });
    expect((await strict.inject({ url: '/pages/plain' })).header('content-security-policy')).toContain(
      "script-src 'none';",
    );
    const hashed = await start({
      contentSecurityPolicy: { scriptSrc: [NONCE, `'sha256-${'a'.repeat(43)}='`, "'strict-dynamic'"] },
    });
    expect((await hashed.inject({ url: '/pages/plain' })).header('content-security-policy')).toContain(
      `script-src 'sha256-${'a'.repeat(43)}=' 'strict-dynamic'`,
    );
  });

  it('does not change a policy that the route has set itself', async () => {
    const response = await (await start()).inject({ url: '/pages/own' });
    expect(response.header('content-security-policy')).toBe("script-src 'self'");
  });

  it('stays in the header of an error', async () => {
    const response = await (await start()).inject({ url: '/pages/broken' });
    expect([response.status, readNonces(response.header('content-security-policy')!)]).toEqual([
      500,
      [expect.any(String)],
    ]);
  });

  it('can be read before the first chunk of a stream, and later only again', async () => {
    const app = await start();
    const response = await app.inject({ url: '/pages/streamed' });
    const [nonce] = readNonces(response.text());
    expect(response.text()).toBe(`<script nonce="${nonce}"></script>${nonce}`);
    expect(readNonces(response.header('content-security-policy')!)).toEqual([nonce]);
    await app.inject({ url: '/pages/late' });
    expect(String(late)).toContain('after it has returned');
  });

  it('comes with a policy for HTTPS as well', async () => {
    const response = await (await start()).inject({ url: '/pages', protocol: 'https' });
    expect(response.header('content-security-policy')).toMatch(
      /'nonce-[\w-]{24}'.*upgrade-insecure-requests$/,
    );
  });

  it('refuses to start where no directive has it', async () => {
    await expect(start({})).rejects.toThrow('MIDDLEWARE_MISSING');
    await expect(start({}, { middleware: [] })).rejects.toThrow('MIDDLEWARE_MISSING');
  });

  it('is an error with a cure where a function asks for it in vain', async () => {
    const errors: unknown[] = [];
    const app = await createApp({
      routes: [{ method: 'GET', path: '/', handler: (context) => cspNonce(context) }],
      logger: { ...QUIET, error: (error: unknown) => void errors.push(error) },
    });
    expect((await app.inject({ url: '/' })).status).toBe(500);
    expect(String(errors[0])).toContain('NONCE');
  });
});
