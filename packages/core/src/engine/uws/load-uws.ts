/**
 * The one file that loads µWebSockets. Two builds are installed: the newer one where it loads, else the older
 * one, which serves Node 20 and older C libraries.
 */
import { createRequire } from 'node:module';
import { ConfigurationError, type ConfigurationProblem } from '../../configuration/configuration-error';
import { formatThrown } from '../../configuration/format-thrown';

/** The module, whichever build it is. */
export type Uws = typeof import('uWebSockets.js');

const NEWER = 'uWebSockets.js-next';
const OLDER = 'uWebSockets.js';
const NEWER_SINCE = 67;

/**
 * Loads µWebSockets.
 *
 * @throws ConfigurationError ENGINE_MISSING with what to install, when no build loads on this machine
 */
export function loadUws(): Uws {
  const failures: string[] = [];
  for (const name of [NEWER, OLDER]) {
    try {
      if (name === NEWER && hasOlderBinary()) throw new Error('its binary for this machine is not installed');
      return require(name) as Uws;
    } catch (error) {
      failures.push(`${name}: ${firstLine(error)}`);
    }
  }
  throw new ConfigurationError([describeMissing(failures)]);
}

/**
 * Both builds look for their binary under one package name. Where only the older binary is installed, the newer
 * wrapper would find and run it: a mixture that nobody has tested.
 */
function hasOlderBinary(): boolean {
  const binary = `@uwsjs/${process.platform}-${process.arch}-${process.versions.node.split('.')[0]!}`;
  try {
    const requireFromWrapper = createRequire(require.resolve(NEWER));
    const { version } = requireFromWrapper(`${binary}/package.json`) as { version: string };
    return Number(version.split('.')[1]) < NEWER_SINCE;
  } catch {
    return false;
  }
}

function describeMissing(failures: readonly string[]): ConfigurationProblem {
  const { platform, arch, version } = process;
  const fault = `No µWebSockets build loads for Node ${version} on ${platform}-${arch} (${describeLibc()}). ${failures.join(' · ')}`;
  const cure =
    'Use Node 20 or 22 on glibc ≥ 2.31, or Node 22, 24 or 26 on glibc ≥ 2.38 (Debian 13, Ubuntu 24.04), not Alpine; install without --omit=optional; or point the alias uWebSockets.js at another build with "overrides" (docs/engine.md).';
  return { code: 'ENGINE_MISSING', place: 'app.listen', fault, cure };
}

function describeLibc(): string {
  if (process.platform !== 'linux') return 'no glibc';
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined ? 'musl' : `glibc ${header.glibcVersionRuntime}`;
}

function firstLine(error: unknown): string {
  const lines = formatThrown(error).split('\n');
  return lines.find((line) => line.includes('GLIBC')) ?? lines[0]!;
}
