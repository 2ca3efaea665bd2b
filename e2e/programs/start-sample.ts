import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Program } from './program';

const SAMPLES = path.resolve(__dirname, '../../samples');

/** The folders of `samples/`, in order. */
export const SAMPLE_NAMES: readonly string[] = readdirSync(SAMPLES)
  .filter((name) => existsSync(path.join(SAMPLES, name, 'package.json')))
  .sort();

/**
 * Starts a sample as `npm start` in its folder does, on a free port.
 *
 * @param env what its README says it takes from the environment
 * @throws Error where the sample was not built
 */
export function startSample(name: string, env: Readonly<Record<string, string>> = {}): Program {
  const main = path.join(SAMPLES, name, 'dist/main.js');
  if (!existsSync(main)) throw new Error(`${main} is missing: run npm run build first.`);
  return Program.start(process.execPath, [main], {
    // What the tests' own environment has is not the sample's.
    env: { PORT: '0', SESSION_SECRET: undefined, REDIS_URL: undefined, ...env },
  });
}
