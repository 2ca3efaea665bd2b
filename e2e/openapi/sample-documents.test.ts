import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { makeOpenApi, type OpenApiDocument } from '@sluice/openapi';
import { SAMPLE_NAMES } from '../programs/start-sample';
import { createRichApplication } from './rich-application';
import { SAMPLE_APPS } from './sample-documents';

/** Lists the faults that redocly and swagger-parser find. */
function validate(documents: Readonly<Record<string, object>>): string[] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(__dirname, 'validate-documents.mjs')],
    {
      input: JSON.stringify(documents),
      encoding: 'utf8',
      timeout: 60_000,
    },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n').filter((line) => line !== '');
}

async function readDocuments(): Promise<Record<string, OpenApiDocument>> {
  const documents: Record<string, OpenApiDocument> = {};
  for (const [name, make] of Object.entries(SAMPLE_APPS)) {
    const app = await make();
    documents[name] = makeOpenApi(app.plan, { info: { title: name, version: '1.0.0' } });
    await app.close();
  }
  return documents;
}

describe('the documents of the samples', () => {
  it('are made of every sample, and valid', async () => {
    const documents = await readDocuments();
    expect(Object.keys(documents).sort()).toEqual(SAMPLE_NAMES);
    const operations = Object.values(documents).flatMap(({ paths }) =>
      Object.values(paths).flatMap(Object.values),
    );
    expect(operations.length).toBeGreaterThan(30);
    expect(validate(documents)).toEqual([]);
  }, 90_000);

  it('are as valid as one that has everything that a document can have', async () => {
    const app = await createRichApplication();
    const options = { info: { title: 'Rich', version: '1.0.0' }, serverErrors: true };
    expect(validate({ rich: makeOpenApi(app.plan, options) })).toEqual([]);
  }, 60_000);

  it('would not pass with a mistake', () => {
    const broken = {
      openapi: '3.1.1',
      info: { title: 'Broken', version: '1' },
      servers: [{ url: '/' }],
      paths: {
        '/{id}': {
          get: { operationId: 'a', responses: { 200: {} }, security: [{ nothing: [] }] },
          put: {
            operationId: 'a',
            responses: { 200: { description: 'ok', content: { 'a/b': { schema: { $ref: '#/x' } } } } },
          },
        },
      },
    };
    const found = validate({ broken }).join('\n');
    for (const rule of [
      'redocly struct',
      'no-unresolved-refs',
      'operation-operationId-unique',
      'security-defined',
      'path-parameters-defined',
      'swagger-parser',
    ])
      expect(found).toContain(rule);
  }, 60_000);
});
