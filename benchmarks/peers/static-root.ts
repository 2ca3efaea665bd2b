import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GREETING } from '../workloads/payloads.js';

/** A folder with the greeting as a file, for as long as the process lives. */
export const STATIC_ROOT = mkdtempSync(path.join(tmpdir(), 'sluice-static-'));

writeFileSync(path.join(STATIC_ROOT, 'greeting.json'), JSON.stringify(GREETING));
process.once('exit', () => rmSync(STATIC_ROOT, { recursive: true }));
