import { ConfigurationError, createApp } from '@sluice/core';
import fc from 'fast-check';
import { NONCE, securityHeaders, type CspPolicy, type SecurityHeadersOptions } from '../src';

function readProblems(options: unknown) {
  try {
    securityHeaders(options as SecurityHeadersOptions);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

const HASH = `'sha256-${'A'.repeat(43)}='`;

describe('the sources of a directive', () => {
  it.each([
    ["'self'"],
    ['*'],
    ['https:'],
    ['data:'],
    ['cdn.example'],
    ['*.cdn.example'],
    ['https://cdn.example:8443/assets/'],
    ['https://*.cdn.example:*'],
    ['wss://live.example'],
    ['localhost:3000'],
    ["'unsafe-inline'"],
    ["'wasm-unsafe-eval'"],
    [HASH],
    [NONCE],
  ])('can be %s', (source) => {
    expect(readProblems({ contentSecurityPolicy: { scriptSrc: [source] } })).toEqual([]);
  });

  it.each([
    ['self', 'in single quotes'],
    ['Self', 'in single quotes'],
    ['none', 'in single quotes'],
    ['unsafe-inline', 'in single quotes'],
    ['strict-dynamic', 'in single quotes'],
    ['nonce-abc', 'in single quotes'],
    ['sha256-abc', 'in single quotes'],
    ["'sefl'", 'must not contain'],
    ["'nonce-abc'", 'the same for every request'],
    ["'sha256-abc'", 'whole digest'],
    ['https', 'with its colon'],
    ['data', 'with its colon'],
    ["'self'; script-src *", '";" or ","'],
    ['https://a.example, https://b.example', '";" or ","'],
    ["'self' https:", 'one value per text'],
    ['', 'one value per text'],
    ['https://a.example?x=1', 'not a source'],
    ['https://a.example#x', 'not a source'],
    ['https://ä.example', 'visible ASCII'],
    ['a.example\r\nX: y', 'visible ASCII'],
    ['//a.example', 'not a source'],
    ['"self"', 'not a source'],
  ])('cannot be %j', (source, fault) => {
    const problems = readProblems({ contentSecurityPolicy: { scriptSrc: [source] } });
    expect(problems).toMatchObject([
      { code: 'OPTION_INVALID', place: 'securityHeaders(), contentSecurityPolicy' },
    ]);
    expect(problems[0]!.fault).toContain(fault);
  });

  it.each<[CspPolicy, string]>([
    [{ scriptSrc: [] }, 'must not be empty'],
    [{ scriptSrc: ["'none'", 'https:'] }, "beside 'none'"],
    [{ scriptSrc: ["'self'", "'strict-dynamic'"] }, 'blocks every script'],
    [{ imgSrc: ["'unsafe-inline'"] }, 'its keywords are'],
    [{ imgSrc: [NONCE] }, 'its keywords are'],
    [{ styleSrc: ["'unsafe-eval'"] }, 'its keywords are'],
    [{ scriptSrcAttr: [NONCE] }, 'attributes cannot have one'],
    [{ scriptSrc: "'self'" as never }, 'must be a list'],
    [{ scriptSrc: [7] as never }, 'must be a list'],
    [{ sandbox: ['scripts'] }, 'tokens such as'],
    [{ trustedTypes: ['a b'] }, 'names of policies'],
    [{ requireTrustedTypesFor: ['script'] }, `["'script'"]`],
    [{ reportUri: ['/a,b'] }, '";" or ","'],
    [{ upgradeInsecureRequests: 'yes' as never }, 'true or false'],
  ])('refuse %j', (policy, fault) => {
    expect(readProblems({ contentSecurityPolicy: policy })[0]!.fault).toContain(fault);
  });

  it('never become more than one directive or policy', async () => {
    const character = fc.constantFrom(...` ;,'"abc:/*.\n\r\tä-`);
    const list = fc.array(fc.string({ unit: character, maxLength: 12 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(list, async (scriptSrc) => {
        const options = {
          contentSecurityPolicy: { useDefaults: false, defaultSrc: false, scriptSrc },
        } as const;
        if (readProblems(options).length > 0) return;
        const app = await createApp({ middleware: [securityHeaders(options)] });
        const policy = (await app.inject({ url: '/' })).header('content-security-policy')!;
        expect(policy).toBe(`script-src ${scriptSrc.join(' ')}`);
        expect(policy.split(/[;,]/)).toHaveLength(1);
      }),
    );
  });
});

describe('a policy', () => {
  it('has the other directives', async () => {
    const policy: CspPolicy = {
      useDefaults: false,
      defaultSrc: ["'self'"],
      sandbox: ['allow-scripts'],
      trustedTypes: ['app', "'allow-duplicates'"],
      requireTrustedTypesFor: ["'script'"],
      reportTo: 'main',
      reportUri: ['/reports'],
    };
    const options = { contentSecurityPolicy: policy, reportingEndpoints: { main: '/reports' } };
    const app = await createApp({ middleware: [securityHeaders(options)] });
    expect((await app.inject({ url: '/' })).header('content-security-policy')).toBe(
      "default-src 'self'; sandbox allow-scripts; trusted-types app 'allow-duplicates'; " +
        "require-trusted-types-for 'script'; report-to main; report-uri /reports",
    );
  });

  it('is enforced and reported about at the same time (helmet#351)', async () => {
    const app = await createApp({
      middleware: [
        securityHeaders({
          reportingEndpoints: { main: '/reports' },
          contentSecurityPolicyReportOnly: { scriptSrc: ["'none'"], reportTo: 'main' },
        }),
      ],
    });
    const response = await app.inject({ url: '/' });
    expect(response.header('content-security-policy')).toContain("script-src 'self'");
    expect(response.header('content-security-policy-report-only')).toBe("script-src 'none'; report-to main");
    expect(response.header('reporting-endpoints')).toBe('main="/reports"');
  });

  it('can have the defaults too if it only reports', async () => {
    const options = { contentSecurityPolicyReportOnly: { useDefaults: true, imgSrc: ["'none'"] } };
    const app = await createApp({ middleware: [securityHeaders(options)] });
    const policy = (await app.inject({ url: '/', protocol: 'https' })).header(
      'content-security-policy-report-only',
    );
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("img-src 'none'");
    expect(policy).not.toContain('upgrade-insecure-requests');
  });

  it.each<[SecurityHeadersOptions, string]>([
    [{ contentSecurityPolicy: { useDefaults: false } }, 'no directives'],
    [{ contentSecurityPolicy: { useDefaults: false, imgSrc: ['*'] } }, 'no defaultSrc'],
    [{ contentSecurityPolicy: { reportTo: 'main' } }, 'an entry of reportingEndpoints'],
    [
      { crossOriginOpenerPolicy: { policy: 'same-origin', reportTo: 'main' } },
      'an entry of reportingEndpoints',
    ],
    [{ contentSecurityPolicyReportOnly: {} }, 'no directives'],
    [{ contentSecurityPolicyReportOnly: { sandbox: [] } }, 'must not have sandbox'],
    [{ strictTransportSecurity: { preload: true, maxAge: 300 } }, 'includeSubDomains with preload'],
    [
      { strictTransportSecurity: { preload: true, includeSubDomains: false } },
      'includeSubDomains with preload',
    ],
  ])('refuses the contradiction in %j', (options, fault) => {
    expect(
      readProblems(options)
        .map((problem) => problem.fault)
        .join(' '),
    ).toContain(fault);
  });
});

describe('the options', () => {
  it.each([
    [{ preset: 'lax' }],
    [{ contentSecurityPolicy: true }],
    [{ contentSecurityPolicy: "default-src 'self'" }],
    [{ strictTransportSecurity: { maxAge: -1 } }],
    [{ strictTransportSecurity: { maxAge: '300' } }],
    [{ strictTransportSecurity: 'max-age=300' }],
    [{ crossOriginOpenerPolicy: 'same-site' }],
    [{ crossOriginOpenerPolicy: { policy: 'same-site', reportTo: 'main' } }],
    [{ crossOriginOpenerPolicy: { policy: 'same-origin' } }],
    [{ crossOriginResourcePolicy: true }],
    [{ referrerPolicy: 'none' }],
    [{ referrerPolicy: [] }],
    [{ xFrameOptions: 'ALLOW-FROM https://a.example' }],
    [{ xFrameOptions: 'deny' }],
    [{ reportingEndpoints: { Main: '/reports' } }],
    [{ reportingEndpoints: { main: 'reports' } }],
    [{ reportingEndpoints: { main: '//reports.example' } }],
    [{ reportingEndpoints: { main: 'http://reports.example/' } }],
    [{ reportingEndpoints: { main: '/a", evil="https://evil.example' } }],
    [{ permissionsPolicy: { camera: ["'self'"] } }],
    [{ permissionsPolicy: { camera: 'self' } }],
    [{ permissionsPolicy: { camera: ['*', 'self'] } }],
    [{ permissionsPolicy: { camera: ['https://a.example/'] } }],
    [{ permissionsPolicy: { camera: ['a.example'] } }],
    [{ permissionsPolicy: { 'camera=*, usb': [] } }],
  ])('reject %j', (options) => {
    expect(readProblems(options)).toMatchObject([{ code: 'OPTION_INVALID' }]);
  });

  it('reject unknown names, and show the right ones', () => {
    expect(readProblems({ frameguard: false, x_frame_options: 'DENY' })).toMatchObject([
      { code: 'OPTION_UNKNOWN' },
      { code: 'OPTION_UNKNOWN', cure: 'Write xFrameOptions instead.' },
    ]);
    expect(readProblems({ contentSecurityPolicy: { 'script-src': ["'self'"] } })).toMatchObject([
      { code: 'OPTION_UNKNOWN', cure: 'Write scriptSrc instead.' },
    ]);
  });

  it('accept endpoints on this machine without HTTPS', () => {
    expect(readProblems({ reportingEndpoints: { main: 'http://localhost:3000/reports' } })).toEqual([]);
  });

  it('are in the plan with their defaults, without headers that are left out', () => {
    const { options } = securityHeaders({ preset: 'api', referrerPolicy: false });
    expect(options).toEqual({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      crossOriginResourcePolicy: 'same-origin',
      reportingEndpoints: {},
      strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true, preload: false },
      xContentTypeOptions: true,
      xFrameOptions: 'DENY',
    });
  });
});
