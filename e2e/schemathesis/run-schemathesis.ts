import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../documents/list-documents';

const PROGRAM = path.join(
  ROOT,
  '.cache/schemathesis',
  process.platform === 'win32' ? 'Scripts/st.exe' : 'bin/st',
);
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
  'negative_data_rejection',
];
const SEED = process.env['SCHEMATHESIS_SEED'] ?? '15';
const MAX_EXAMPLES = 20;
const TIME_LIMIT_MS = 90_000;

/** A server and its document. */
export interface Target {
  readonly url: string;
  /** The folder that has `openapi.json`; the files that schemathesis writes go there too. */
  readonly folder: string;
  /** `Name: value`, which every second request has. */
  readonly loginHeader?: string | undefined;
}

/** The result of a run: `failures` is the report of schemathesis if it found any. */
export interface Findings {
  readonly tested: number;
  readonly failures: string | undefined;
}

/**
 * Sends the requests that schemathesis makes of a document, and judges the replies by it. The requests are the same
 * ones in each run, unless SCHEMATHESIS_SEED has another number.
 */
export async function runSchemathesis({ url, folder, loginHeader = '' }: Target): Promise<Findings> {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing. Run node .ci/ensure-schemathesis.mjs.`);
  const options = ['--seed', SEED, '--max-examples', `${MAX_EXAMPLES}`, '--workers', '1', '--no-shrink'];
  const { error, stdout, stderr } = await run(
    [
      ...['--config-file', path.join(__dirname, 'schemathesis.toml'), '--no-color', 'run', 'openapi.json'],
      ...['--url', url, '--checks', CHECKS.join(), ...options, '--continue-on-failure'],
      ...['--generation-database', 'none', '--request-timeout', '10', '--warnings', 'off'],
      // A busy machine is slow.
      ...['--suppress-health-check', 'all'],
      // The document has no end for a stream of events, and schemathesis waits for one.
      ...['--exclude-path', '/clock'],
    ],
    folder,
    { SCHEMATHESIS_HOOKS: path.join(__dirname, 'hooks.py'), LOGIN_HEADER: loginHeader },
  );
  const tested = Number(/^ *Tested: (\d+)$/m.exec(stdout)?.[1] ?? 0);
  return { tested, failures: error === null ? undefined : `${error.message}\n${stdout}\n${stderr}` };
}

interface Ended {
  readonly error: Error | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  const options = {
    cwd,
    env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: '1', COLUMNS: '200' },
    timeout: TIME_LIMIT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024 * 1024,
  } as const;
  return new Promise((resolve) =>
    execFile(PROGRAM, args, options, (error, stdout, stderr) => resolve({ error, stdout, stderr })),
  );
}
