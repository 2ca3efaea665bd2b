import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Program } from './program';

const SAMPLES = path.resolve(__dirname, '../../samples');

/** The names of the folders in `samples/`, in order. */
export const SAMPLE_NAMES: readonly string[] = readdirSync(SAMPLES)
  .filter((name) => existsSync(path.join(SAMPLES, name, 'package.json')))
  .sort();

/**
 * Starts a sample on a free port, as `npm start` in its folder does.
 *
 * @param env the variables that its README names
 * @throws Error if the sample has not been built
 */
export function startSample(name: string, env: Readonly<Record<string, string>> = {}): Program {
  const main = path.join(SAMPLES, name, 'dist/main.js');
  if (!existsSync(main)) throw new Error(`${main} is missing. Run npm run build first.`);
  return Program.start(process.execPath, [main], {
    // These variables of the tests are not meant for the sample.
    env: { PORT: '0', SESSION_SECRET: undefined, REDIS_URL: undefined, ...env },
  });
}
