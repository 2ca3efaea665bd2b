import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ConfigurationProblem } from '../../src';

interface Outcome {
  readonly answered: string;
  /** The answer of an application that leaves the engine to `auto`, its engine, and what it logs. */
  readonly automatic: readonly [answer: string, engine: string, logged: readonly string[]];
  readonly name: string;
  readonly problems: readonly ConfigurationProblem[];
  readonly message: string;
}

/** Listens in a process of its own, without a build, or with those in a folder. */
function listen(...folder: string[]): Outcome {
  const program = path.join(__dirname, 'engine-missing.cjs');
  const { SLUICE_ENGINE: _, ...env } = process.env;
  const output = execFileSync(process.execPath, [program, ...folder], { encoding: 'utf8', env });
  return JSON.parse(output) as Outcome;
}

const INSTALL =
  'Leave the engine to auto, which takes node:http here; or use Node 20 or 22 on glibc ≥ 2.31, or Node 22, 24 or 26 on glibc ≥ 2.38 (Debian 13, Ubuntu 24.04), not Alpine; install without --omit=optional; or point the alias uWebSockets.js at another build with "overrides" (docs/engine.md).';

const BUNDLE =
  'If this is a bundle, keep uWebSockets.js and uWebSockets.js-next external, and install them where it runs.';

describe('an application without a build of the engine', () => {
  const { answered, automatic, name, problems, message } = listen();

  it('answers injected requests', () => expect(answered).toBe('on a socket'));

  it('runs on node:http, and says why', () =>
    expect(automatic).toEqual([
      'on a socket',
      'node',
      [`The engine is node:http, because no build of µWebSockets loads on this machine. ${BUNDLE}`],
    ]));

  it('reports ENGINE_MISSING when it asks for µWebSockets, with the machine, the reasons and what to install', () => {
    expect([name, problems.length]).toEqual(['ConfigurationError', 1]);
    const { code, place, fault, cure } = problems[0]!;
    expect([code, place]).toEqual(['ENGINE_MISSING', 'app.listen']);
    expect(fault).toMatch(
      /^No µWebSockets build loads for Node v\d+\.\d+\.\d+ on \w+-\w+ \((?:glibc \d+\.\d+|musl|no glibc)\)\. /,
    );
    expect(fault).toContain(
      "uWebSockets.js-next: Cannot find module 'uWebSockets.js-next' · uWebSockets.js: Cannot find module 'uWebSockets.js'",
    );
    expect(cure).toBe(`${BUNDLE} ${INSTALL}`);
    expect(message).toContain(`  ENGINE_MISSING  app.listen\n    ${fault}\n    ${cure}\n`);
  });
});

describe('an application whose builds were installed with another version of Node', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-engine-'));
  const own = process.versions.node.split('.')[0]!;

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function install(...binaries: string[]): string {
    const modules = path.join(folder, binaries.join('+'), 'node_modules');
    for (const name of ['uWebSockets.js', 'uWebSockets.js-next']) {
      mkdirSync(path.join(modules, name), { recursive: true });
      writeFileSync(path.join(modules, name, 'uws.js'), "throw new Error('no binary');");
    }
    for (const node of binaries)
      mkdirSync(path.join(modules, '@uwsjs', `${process.platform}-${process.arch}-${node}`), {
        recursive: true,
      });
    return path.dirname(modules);
  }

  it('says so, and to reinstall', () => {
    const { problems, automatic } = listen(install('7'));
    const reinstall =
      'The engine was installed with Node 7, and npm installs the binary of one version only: reinstall with this Node (npm ci, or remove node_modules and run npm install).';
    expect(problems[0]!.cure).toBe(`${reinstall} ${INSTALL}`);
    expect(automatic[2].join()).toContain(`loads on this machine. ${reinstall}`);
  });

  it('does not say so if the binary of this Node is there', () => {
    expect(listen(install('7', own)).problems[0]!.cure).toBe(INSTALL);
  });
});
