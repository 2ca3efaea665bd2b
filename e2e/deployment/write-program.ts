import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../installed/install-packages';
import { PROGRAM } from './deployment-guide';

/** Writes the program of docs/deployment.md into a folder of its own, and returns the arguments with which Node runs it. */
export function writeProgram(): { readonly folder: string; readonly args: readonly string[] } {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-deployed-'));
  const main = path.join(folder, 'main.ts');
  writeFileSync(main, PROGRAM);
  return { folder, args: ['--require', path.join(ROOT, 'e2e/sockets/typescript.cjs'), main] };
}
