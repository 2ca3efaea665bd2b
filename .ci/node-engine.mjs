// The third test job: the e2e suites again, on the engine on node:http. The tests of an engine's limits name their engine.
import { runJest } from './jest.mjs';

const SUITES =
  'e2e/(wire|features|conformance|life/(background|closing|closing-clean-ups|forgotten-promises|life))\\b';
/** They start an engine of their own choice, whatever the environment says. */
const NOT_REPEATED =
  'e2e/(wire/(engine-limits|head-limit|strict-engine|inherited-socket)|features/sync-path)\\b';

export function runOnNodeEngine(env) {
  process.stdout.write('\nNode engine job: SLUICE_ENGINE=node\n');
  const paths = [
    SUITES,
    'packages/testing',
    '--testPathIgnorePatterns',
    '/node_modules/',
    '/dist/',
    NOT_REPEATED,
  ];
  return runJest('node-engine', paths, { env: { ...env, SLUICE_ENGINE: 'node' } });
}
