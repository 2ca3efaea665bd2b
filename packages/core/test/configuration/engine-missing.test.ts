import { execFileSync } from 'node:child_process';
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

describe('an application without a build of the engine', () => {
  const output = execFileSync(process.execPath, [path.join(__dirname, 'engine-missing.cjs')], {
    encoding: 'utf8',
  });
  const { answered, automatic, name, problems, message } = JSON.parse(output) as Outcome;

  it('answers injected requests', () => expect(answered).toBe('on a socket'));

  it('runs on node:http, and says why', () =>
    expect(automatic).toEqual([
      'on a socket',
      'node',
      ['The engine is node:http, because no build of µWebSockets loads on this machine.'],
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
    expect(cure).toBe(
      'Leave the engine to auto, which takes node:http here; or use Node 20 or 22 on glibc ≥ 2.31, or Node 22, 24 or 26 on glibc ≥ 2.38 (Debian 13, Ubuntu 24.04), not Alpine; install without --omit=optional; or point the alias uWebSockets.js at another build with "overrides" (docs/engine.md).',
    );
    expect(message).toContain(`  ENGINE_MISSING  app.listen\n    ${fault}\n    ${cure}\n`);
  });
});
