import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

// A guard against hanging, not a measure: sources are compiled as they are loaded.
jest.setTimeout(120_000);

const run = promisify(execFile);

describe('a schema of arktype', () => {
  it('is in the document', async () => {
    const { stdout } = await run(process.execPath, [
      '--require',
      path.join(__dirname, '../sockets/typescript.cjs'),
      path.join(__dirname, '../schemas/arktype-document.ts'),
    ]);
    expect(JSON.parse(stdout)).toEqual({
      'application/json': {
        schema: {
          type: 'object',
          properties: {
            text: { type: 'string', maxLength: 10 },
            tags: { type: 'array', items: { type: 'string', minLength: 1 } },
            count: { type: 'integer', exclusiveMinimum: 0 },
          },
          required: ['count', 'text'],
          additionalProperties: false,
        },
      },
    });
  });
});
