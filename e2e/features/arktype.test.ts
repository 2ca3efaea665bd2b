import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

// A guard against hanging, not a measure: sources are compiled as they are loaded.
jest.setTimeout(120_000);

const run = promisify(execFile);

interface Answer {
  readonly status: number;
  readonly body: { readonly errors?: readonly { readonly pointer: string; readonly code: string }[] };
}

/** The answers that the program has printed. */
async function readAnswers(): Promise<readonly Answer[]> {
  const { stdout } = await run(process.execPath, [
    '--require',
    path.join(__dirname, '../sockets/typescript.cjs'),
    path.join(__dirname, '../schemas/arktype.ts'),
  ]);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Answer[];
}

describe('a schema of arktype', () => {
  it('accepts and refuses bodies, says where and why, and checks replies', async () => {
    const answers = await readAnswers();
    const outcomes = answers.map(({ status, body }) => [
      status,
      body.errors?.map(({ pointer, code }) => `${pointer} ${code}`) ?? body,
    ]);
    expect(outcomes).toEqual([
      [200, { text: 'a', count: 1, tags: ['b'], next: 2 }],
      [422, ['/count min', '/text maxLength', '/tags/1 minLength']],
      [422, ['/more predicate']],
      [422, [' domain']],
      [422, ['/1/count required']],
      [200, { text: 'a' }],
    ]);
    expect(JSON.stringify(answers)).not.toContain('secret');
  });
});
