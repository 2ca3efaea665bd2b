/**
 * The limit for the bytes of a request head. The engine reads it from the environment, once, when it is loaded, so it
 * holds for the whole process.
 */
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import { invalidOption } from '../../configuration/check-options';
import { ConfigurationError, type ConfigurationProblem } from '../../configuration/configuration-error';

const VARIABLE = 'UWS_HTTP_MAX_HEADERS_SIZE';
/** As in Node's own server. */
const DEFAULT_LIMIT = 16_384;
const ENGINE_DEFAULT = 4096;
const LOADED_LIMIT = 'sluice:loaded-head-limit';

// A worker thread shares the engine of the main thread, but not its environment.
let loaded = isMainThread ? undefined : ((getEnvironmentData(LOADED_LIMIT) ?? ENGINE_DEFAULT) as number);

/**
 * Calls `load`, which loads the engine, with the limit. A variable in the environment decides for all applications.
 *
 * @param wanted in bytes; undefined for 16 KiB, or for the limit that the process already has
 * @throws ConfigurationError OPTION_INVALID if the variable is invalid, HEADER_LIMIT_CONFLICT if the engine has another limit
 */
export function loadWithHeadLimit<T>(wanted: number | undefined, load: () => T): T {
  const given = process.env[VARIABLE];
  if (given) {
    if (!/^0*[1-9]\d*$/.test(given)) throw new ConfigurationError([INVALID]);
    return load();
  }
  if (loaded === undefined) return loadFirst(wanted ?? DEFAULT_LIMIT, load);
  if (wanted !== undefined && wanted !== loaded)
    throw new ConfigurationError([describeConflict(wanted, loaded)]);
  return load();
}

/** The limit that `loadWithHeadLimit` finds or sets, as far as it is known now: another application may load the engine first. */
export function findHeadLimit(wanted: number | undefined): number {
  return Number(process.env[VARIABLE]) || (loaded ?? wanted ?? DEFAULT_LIMIT);
}

function loadFirst<T>(limit: number, load: () => T): T {
  process.env[VARIABLE] = String(limit);
  try {
    const engine = load();
    loaded = limit;
    setEnvironmentData(LOADED_LIMIT, limit);
    return engine;
  } finally {
    // A child process would take it for the choice of its operator.
    delete process.env[VARIABLE];
  }
}

const INVALID = invalidOption('the environment', VARIABLE, 'must be a number of bytes');

function describeConflict(wanted: number, limit: number): ConfigurationProblem {
  return {
    code: 'HEADER_LIMIT_CONFLICT',
    place: 'app.listen',
    fault: `The application has maxHeaderBytes: ${wanted}, but the engine was loaded with ${limit}, which holds for the whole process.`,
    cure: `Give all applications of the process the same maxHeaderBytes, or set ${VARIABLE} in its environment.`,
  };
}
