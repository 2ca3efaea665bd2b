import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { LONGEST_WAIT_MS } from '../sockets/within';

const ROOT = path.resolve(__dirname, '../..');

/** The value of an expression that uses the exports of a JavaScript module of this repository, as JSON. */
export function runModule<T>(file: string, expression: string): T {
  const url = pathToFileURL(path.join(ROOT, file)).href;
  const program = `
    const exports = await import(${JSON.stringify(url)});
    process.stdout.write(JSON.stringify((${expression}) ?? null));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
      timeout: LONGEST_WAIT_MS,
    }),
  ) as T;
}
