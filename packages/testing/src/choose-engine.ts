import { ConfigurationError } from '@sluice/core';
import { invalidOption } from '@sluice/core/kit';

/** The engine of a test application: in memory, without a socket, or on a free port of 127.0.0.1. */
export type TestEngine = 'memory' | 'socket';

const VARIABLE = 'SLUICE_TEST_ENGINE';

/**
 * The given engine, else that of the environment variable SLUICE_TEST_ENGINE, else memory.
 *
 * @throws ConfigurationError OPTION_INVALID
 */
export function chooseEngine(engine: unknown, environment = process.env): TestEngine {
  const [place, name, chosen] =
    engine === undefined
      ? ['the environment', VARIABLE, environment[VARIABLE] || 'memory']
      : ['testApp()', 'engine', engine];
  if (chosen === 'memory' || chosen === 'socket') return chosen;
  throw new ConfigurationError([invalidOption(place, name, 'must be "memory" or "socket"')]);
}
