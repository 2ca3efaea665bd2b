// The job of npm test on node:http: all tests again but those that have no engine on sockets or ask for one by name.
import { loadsUws } from './loads-uws.cjs';
import { runJest } from './jest.mjs';
import {
  BESIDE_ENGINE,
  BOTH_ENGINES,
  CLI,
  COMMANDS,
  ENGINE_ROOM,
  FIRST_START,
  IN_MEMORY,
  PROPERTIES,
  PURE,
  UWS,
  WITHOUT_ENGINE,
} from './not-repeated.mjs';

const NOT_REPEATED = [
  BESIDE_ENGINE,
  BOTH_ENGINES,
  CLI,
  COMMANDS,
  ENGINE_ROOM,
  FIRST_START,
  IN_MEMORY,
  PROPERTIES,
  PURE,
  UWS,
  WITHOUT_ENGINE,
].join('|');

/** Gives back the totals of the job, none where it does not apply. */
export async function runOnNodeEngine(env) {
  if (!loadsUws()) {
    process.stdout.write('\nnode:http: not run, because these tests have just run on it.\n');
    return [];
  }
  process.stdout.write('\nnode:http (SLUICE_ENGINE=node)\n');
  const variables = { ...env, SLUICE_ENGINE: 'node' };
  return [await runJest('node-http', [], { env: variables, notRepeated: NOT_REPEATED })];
}
