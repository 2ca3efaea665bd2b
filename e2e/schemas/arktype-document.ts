/** Prints the schema of a body of arktype in a document. arktype has ES modules only, which jest cannot load. */
import { Body, Controller, createApp, Post } from '@sluice/core';
import { makeOpenApi } from '@sluice/openapi';
import { type } from 'arktype';

const Note = type({
  text: 'string <= 10',
  'tags?': '(string > 0)[]',
  count: 'number.integer > 0',
  '+': 'reject',
});

@Controller('/notes')
class NotesController {
  @Post()
  add(@Body(Note) note: typeof Note.infer) {
    return note;
  }
}

async function main(): Promise<void> {
  const { plan } = await createApp({ controllers: [NotesController] });
  const { paths } = makeOpenApi(plan, { info: { title: 'Notes', version: '1.0.0' } });
  console.log(JSON.stringify(paths['/notes']?.post?.requestBody?.content));
}

void main();
