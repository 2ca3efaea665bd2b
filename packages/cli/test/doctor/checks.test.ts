import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Controller, createApp, Delete, Get, printPlan, Status, type AppOptions } from '@sluice/core';
import { describeEngine, describeHeadLimit } from '../../src/doctor/checks/check-engine';
import { checkMachine, type Machine } from '../../src/doctor/checks/check-machine';
import { checkEmitted, readEmitted } from '../../src/doctor/checks/check-metadata';
import { checkInstalled, readPackages, type InstalledPackage } from '../../src/doctor/checks/check-packages';
import { checkPlan } from '../../src/doctor/checks/check-plan';
import { checkProxyFiles, readProxyFiles } from '../../src/doctor/checks/check-proxy-files';
import { checkEnvironment, checkIgnored } from '../../src/doctor/checks/check-secrets';
import { printFindings, type Finding } from '../../src/doctor/finding';

const summarise = (findings: readonly Finding[]): string[] =>
  findings.map(({ code, level }) => `${code} ${level}`);
const GOOD: Machine = {
  node: '22.17.0',
  platform: 'linux',
  arch: 'x64',
  glibc: '2.41',
  openFiles: 65_536,
  tcpMigrateReq: '1',
};

@Controller('/')
class HomeController {
  @Get() show() {
    return 'ok';
  }
  @Delete() @Status(204) remove() {}
}

describe('the doctor', () => {
  it('has a cure for everything that is not fine', () => {
    const findings = [
      ...checkMachine({ ...GOOD, node: '18.0.0', openFiles: 1024, tcpMigrateReq: '0' }),
      ...checkInstalled([]),
      ...checkEnvironment({ SESSION_SECRET: 'short' }),
      describeEngine(false, 'The engine is node:http, because no build loads.', undefined),
    ];
    expect(findings.filter(({ level, cure }) => level !== 'fine' && cure === undefined)).toEqual([]);
  });

  it.each<[string, Partial<Machine>, string[]]>([
    ['a good one', {}, ['NODE fine', 'PLATFORM fine', 'OPEN_FILES fine']],
    ['Node 20.18', { node: '20.18.9' }, ['NODE fault', 'PLATFORM fine', 'OPEN_FILES fine']],
    ['Node 20.19', { node: '20.19.0' }, ['NODE fine', 'PLATFORM fine', 'OPEN_FILES fine']],
    ['few files', { openFiles: 1024 }, ['NODE fine', 'PLATFORM fine', 'OPEN_FILES warning']],
    [
      'connections that do not migrate',
      { tcpMigrateReq: '0' },
      ['NODE fine', 'PLATFORM fine', 'OPEN_FILES fine', 'TCP_MIGRATE_REQ hint'],
    ],
    [
      'Windows',
      { platform: 'win32', glibc: undefined, openFiles: undefined, tcpMigrateReq: undefined },
      ['NODE fine', 'PLATFORM fine'],
    ],
  ])('judges a machine with %s', (_, machine, expected) => {
    expect(summarise(checkMachine({ ...GOOD, ...machine }))).toEqual(expected);
  });

  it('names the C library', () => {
    const name = (machine: Partial<Machine>) => checkMachine({ ...GOOD, ...machine })[1]!.text;
    expect(name({})).toBe('linux x64 glibc 2.41');
    expect(name({ glibc: undefined })).toBe('linux x64 musl');
    expect(name({ platform: 'darwin', glibc: undefined })).toBe('darwin x64');
  });

  it('says which engine runs, why, and of which build', () => {
    const uws = describeEngine(true, 'The engine is µWebSockets.', '20.51.4');
    expect(uws).toMatchObject({ level: 'fine', text: 'The engine is µWebSockets. It is build 20.51.4.' });
    const wanted = 'The engine is node:http, because SLUICE_ENGINE names it.';
    expect(describeEngine(false, wanted, undefined).level).toBe('fine');
    expect(describeEngine(false, 'because no build loads', undefined).level).toBe('warning');
    expect(describeHeadLimit({}).text).toContain('16384');
    expect(describeHeadLimit({ UWS_HTTP_MAX_HEADERS_SIZE: '8192' }).text).toContain('8192');
  });

  const one = (name: string, version = '0.1.0', core = '/a/core'): InstalledPackage => ({
    name,
    version,
    core,
  });

  it.each<[string, InstalledPackage[], string[]]>([
    ['one core', [one('@sluice/core'), one('@sluice/cors')], ['CORE_COPIES fine']],
    ['two cores', [one('@sluice/core'), one('@sluice/cors', '0.1.0', '/b/core')], ['CORE_COPIES fault']],
    [
      'two versions',
      [one('@sluice/core'), one('@sluice/cors', '0.2.0')],
      ['CORE_COPIES fine', 'VERSIONS warning'],
    ],
    ['no core', [one('@sluice/cli')], ['CORE_MISSING fault']],
  ])('judges packages with %s', (_, packages, expected) => {
    expect(summarise(checkInstalled(packages))).toEqual(expected);
  });

  it('finds the core of a package, and that of the workspace around a project', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sluice-doctor-'));
    const write = (name: string, content: object): void => {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), JSON.stringify(content));
    };
    write('node_modules/@sluice/core/package.json', { version: '0.1.0' });
    write('peer/package.json', { peerDependencies: { '@sluice/core': '*' } });
    write('bare/package.json', {});
    for (const name of ['peer', 'bare'])
      expect(summarise(checkInstalled(readPackages(path.join(folder, name))))).toEqual(['CORE_COPIES fine']);
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['.env', 'fine'],
    ['/.env', 'fine'],
    ['**/.env', 'fine'],
    ['.env*', 'fine'],
    ['*.env', 'fine'],
    ['.env.*', 'warning'],
    ['.env.local', 'warning'],
    ['dist/', 'warning'],
  ])('knows that a line %s of .gitignore is %s for .env', (line, level) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sluice-doctor-'));
    writeFileSync(path.join(folder, '.env'), '');
    writeFileSync(path.join(folder, '.gitignore'), `dist/\n${line}\n`);
    expect(checkIgnored(folder)).toMatchObject([{ code: 'ENV_FILE', level }]);
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['.env', true, 'fine'],
    ['**/.env', true, 'fine'],
    ['/.env', true, 'warning'],
    ['.env', false, 'warning'],
  ])('knows that a line %s of the folder above, in a repository %s, is %s for .env', (line, isIn, level) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sluice-doctor-'));
    const project = path.join(folder, 'packages/api');
    mkdirSync(project, { recursive: true });
    if (isIn) mkdirSync(path.join(folder, '.git'));
    writeFileSync(path.join(folder, '.gitignore'), `${line}\n`);
    writeFileSync(path.join(project, '.env'), '');
    expect(checkIgnored(project)).toMatchObject([{ code: 'ENV_FILE', level }]);
    rmSync(folder, { recursive: true });
  });

  it('leaves out what is named like a folder or a file and is none', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sluice-doctor-'));
    const place = (name: string): string => path.join(folder, name);
    for (const name of ['build', 'deploy']) writeFileSync(place(name), '#!/bin/sh\n');
    for (const name of ['dist/chart.js', 'nginx']) mkdirSync(place(name), { recursive: true });
    for (const name of ['dist/gone.js', 'gone.conf']) symlinkSync(place('nowhere'), place(name));
    writeFileSync(place('dist/main.js'), 'main');
    writeFileSync(place('nginx/site.conf'), 'site');
    expect([...readEmitted(folder)]).toEqual([[path.join('dist', 'main.js'), 'main']]);
    expect([...readProxyFiles(folder)]).toEqual([[path.join('nginx', 'site.conf'), 'site']]);
    rmSync(folder, { recursive: true });
  });

  const HEAD = 'const core_1 = require("@sluice/core");\n';
  it.each([
    [
      'with metadata',
      '__decorate([__param(0, P()), __metadata("design:paramtypes", [Number])])',
      ['METADATA fine'],
    ],
    ['without, by tsc', '__decorate([__param(0, P())])', ['METADATA warning']],
    ['without, by esbuild', '__decorateClass([__decorateParam(0, P())])', ['METADATA warning']],
    ['without parameters', '__decorate([G()])', []],
    ['without decorators', 'exports.a = 1;', []],
  ])('reads compiled decorators %s', (_, code, expected) => {
    expect(summarise(checkEmitted(new Map([['dist/a.js', HEAD + code]])))).toEqual(expected);
  });

  it('judges secrets without printing them', () => {
    const findings = checkEnvironment({
      SESSION_SECRET: 'tooshort',
      CSRF_SECRET_KEY: 'please-change-me-please-change-me-please',
      OTHER_SECRET: 'f7Jk2qTz9wVx4nBm8sLd3pRg6yHc1uAe',
      SECRETARY: 'no',
      SESSION_SECRET_FILE: '/run/secrets/session',
      AWS_SECRET_NAME: 'production',
      PATH: '/bin',
    });
    expect(summarise(findings)).toEqual(['SECRET warning', 'SECRET warning', 'SECRET fine']);
    expect(JSON.stringify(findings)).not.toMatch(/tooshort|please-change|f7Jk2/);
  });

  it.each([
    ['a.conf', 'upstream app { server a:8000; keepalive 32; keepalive_timeout 8s; }', ['fine']],
    ['a.conf', 'upstream app { server a:8000; keepalive 32; keepalive_timeout 1m; }', ['warning']],
    ['a.conf', 'upstream app { server a:8000; keepalive 32; # keepalive_timeout 8s;\n }', ['warning']],
    ['a.conf', 'upstream app { server a:8000; }', []],
    ['a.conf', 'server { keepalive_timeout 65s; }', []],
    ['Caddyfile', 'a.example {\n reverse_proxy app:8000\n}', ['warning']],
    ['Caddyfile', 'reverse_proxy app:8000 { transport http { keepalive 8s } }', ['fine']],
    ['Caddyfile', 'reverse_proxy app:8000 { transport http { keepalive off } }', []],
    ['a.conf', 'upstream a { keepalive 8; keepalive_timeout 8s; } upstream b { keepalive 8; }', ['warning']],
    [
      'a.conf',
      'upstream a { server a:8000; } upstream b { keepalive 8; keepalive_timeout 1m; }',
      ['warning'],
    ],
    ['Caddyfile', 'reverse_proxy a { keepalive off } reverse_proxy b { keepalive 2m }', ['warning']],
  ])('reads how long the proxy of %s keeps connections: %s', (name, text, levels) => {
    expect(checkProxyFiles(new Map([[name, text]])).map(({ level }) => level)).toEqual(levels);
  });

  it('looks at the plan: order, notices and replies without a type', async () => {
    const pass = (name: string, more = {}) => ({
      name,
      ...more,
      handle: (_: unknown, next: () => unknown) => next(),
    });
    const options: AppOptions = {
      controllers: [HomeController],
      routes: [{ method: 'GET', path: '/openapi.json', handler: () => 'ok' }],
      middleware: [
        pass('session', { layer: 'session' }),
        pass('log', { layer: 'observe', notice: 'Mind the gap.' }),
      ],
    };
    const { plan } = await createApp(options);
    const findings = checkPlan(plan, printPlan);
    expect(summarise(findings)).toEqual(['APPLICATION fine', 'ORDER hint', 'NOTICE warning', 'RETURNS hint']);
    expect(findings.map(({ text }) => text)).toEqual([
      'The application has 3 routes.',
      expect.stringContaining('log before session'),
      'Mind the gap.',
      expect.stringContaining('1 route without @Returns: HomeController.show.'),
    ]);
  });

  it('prints a line for each finding, its cure below, and counts them', () => {
    const text = printFindings([
      { code: 'NODE', level: 'fine', text: 'Node 22.17.0' },
      { code: 'ENGINE', level: 'warning', text: 'One.\nTwo.', cure: 'Three.' },
    ]);
    expect(text.split('\n')).toEqual([
      'fine     NODE  Node 22.17.0',
      'warning  ENGINE  One.',
      '         Two.',
      '         Three.',
      '',
      '0 faults, 1 warning, 0 hints',
    ]);
  });
});
