/**
 * The only file that loads µWebSockets. Two builds are installed: it takes the newer one if that loads, else the older
 * one, which runs on Node 20 and on older C libraries.
 */
import { createRequire } from 'node:module';
import { ConfigurationError } from '../../configuration/configuration-error';
import { formatThrown } from '../../configuration/format-thrown';
import { loadWithHeadLimit } from './head-limit';

/** The module, whichever build it is. */
export type Uws = typeof import('uWebSockets.js');

const NEWER = 'uWebSockets.js-next';
const OLDER = 'uWebSockets.js';
const NEWER_SINCE = 67;

/**
 * Loads µWebSockets.
 *
 * @param maxHeaderBytes the limit for the head of a request
 * @throws ConfigurationError HEADER_LIMIT_CONFLICT, OPTION_INVALID, or ENGINE_MISSING, which says what to install, if no
 * build loads on this machine
 */
export function loadUws(maxHeaderBytes?: number): Uws {
  return loadWithHeadLimit(maxHeaderBytes, loadBuild);
}

function loadBuild(): Uws {
  const failures: string[] = [];
  for (const name of [NEWER, OLDER]) {
    try {
      if (name === NEWER && hasOlderBinary()) throw new Error('its binary for this machine is not installed');
      return require(name) as Uws;
    } catch (error) {
      failures.push(`${name}: ${firstLine(error)}`);
    }
  }
  const { describeMissing } = require('../describe-missing') as typeof import('../describe-missing');
  throw new ConfigurationError([describeMissing(failures)]);
}

/**
 * Both builds look for their binary in a package of the same name. If only the older binary is installed, the newer
 * wrapper would load it, and that combination is not tested.
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

function firstLine(error: unknown): string {
  const lines = formatThrown(error).split('\n');
  return lines.find((line) => line.includes('GLIBC')) ?? lines[0]!;
}
