import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OpenApiDocument } from '@sluice/openapi';
import { SAMPLE_APPS } from '../openapi/sample-documents';
import { Program } from '../programs/program';
import { RedisServer } from '../redis/redis-server';
import { logIn } from './log-in';
import { runSchemathesis } from './run-schemathesis';

// A guard against hanging, not a measure: the machine may be busy.
jest.setTimeout(120_000);

describe('requests that schemathesis makes of the document of a sample', () => {
  let redis: RedisServer;
  let folder: string;

  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis[Symbol.asyncDispose]());
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'sluice-document-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Serves an application of serve-sample.ts. */
  function serve(name: string): Program {
    const loader = path.join(__dirname, '../sockets/typescript.cjs');
    const program = path.join(__dirname, 'serve-sample.ts');
    return Program.start(process.execPath, ['--require', loader, program, name, folder], {
      env: { REDIS_URL: redis.url },
    });
  }

  it.each(Object.keys(SAMPLE_APPS))('get only replies that the document has: %s', async (name) => {
    await using program = serve(name);
    const url = await program.waitForUrl();
    const { tested, failures } = await runSchemathesis({ url, folder, loginHeader: await logIn(name, url) });
    expect(failures).toBeUndefined();
    expect(tested).toBe(countOperations(readDocument(folder)));
  });
});

function readDocument(folder: string): OpenApiDocument {
  return JSON.parse(readFileSync(path.join(folder, 'openapi.json'), 'utf8')) as OpenApiDocument;
}

/** How many operations are not streams of events. */
function countOperations({ paths }: OpenApiDocument): number {
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  return operations.filter((operation) => !JSON.stringify(operation).includes('text/event-stream')).length;
}
