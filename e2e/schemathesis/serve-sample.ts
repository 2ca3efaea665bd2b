// Serves the application of a sample, as a program of its own: `serve-sample.ts NAME FOLDER`. It writes the document
// of what it serves to the folder, and prints its address.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeOpenApi } from '@sluice/openapi';
import { SAMPLE_APPS } from '../openapi/sample-documents';

async function main(name = '', folder = ''): Promise<void> {
  const app = await SAMPLE_APPS[name]!({
    redisUrl: process.env['REDIS_URL'],
    notesFile: path.join(folder, 'notes.json'),
  });
  const document = makeOpenApi(app.plan, { info: { title: name, version: '1.0.0' } });
  writeFileSync(path.join(folder, 'openapi.json'), JSON.stringify(document));
  const { url } = await app.listen({ port: 0, host: '127.0.0.1' });
  console.log(`Listening on ${url}`);
}

void main(...process.argv.slice(2));
