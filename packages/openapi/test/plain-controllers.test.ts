import { IsString } from 'class-validator';
import {
  Body,
  controller,
  Controller,
  Get,
  guard,
  Param,
  Post,
  Query,
  Returns,
  Status,
  unauthorized,
  UseMiddleware,
} from '@sluice/core';
import { findOperation, readDocument } from './read-document';

class Note {
  @IsString() text!: string;
}

const writers = guard(function writers() {
  return unauthorized();
});

@Controller('/notes')
class NotesController {
  @Get()
  @Returns([Note])
  list(@Query('limit', { type: 'integer', default: 20 }) _limit: number) {
    return [];
  }

  @Post('/:id')
  @Status(201)
  @UseMiddleware(writers)
  @Returns(Note)
  add(@Param('id', 'integer') _id: number, @Body(Note) body: Note) {
    return body;
  }
}

const notes = controller('/notes', { name: 'notes', tags: ['Notes'] }, (r) => [
  r.get('/', { name: 'list', query: { limit: { type: 'integer', default: 20 } }, returns: [Note] }, () => []),
  r.post(
    '/:id',
    { params: { id: 'integer' }, body: Note, status: 201, use: [writers], returns: Note },
    function add({ body }) {
      return body;
    },
  ),
]);

// The plans of all other parts are compared in core: the document is made of the plan alone.
describe('the document of controllers without a class', () => {
  it('is that of their twins with decorators', async () => {
    const document = await readDocument({ controllers: [notes] });
    expect(Object.keys(document.paths)).toEqual(['/notes', '/notes/{id}']);
    expect(document).toEqual(await readDocument({ controllers: [NotesController] }));
  });

  it('has the fields of tables, and ids of the method and the path where a route has no name', async () => {
    const group = controller('/notes', (r) => [
      r.post('/:id', { body: { text: 'text', done: 'boolean?' }, returns: { id: 'integer' } }, () => ({
        id: 1,
      })),
      r.get('/:id', function show() {
        return 1;
      }),
    ]);
    const document = await readDocument({ controllers: [group] });
    const added = findOperation(document, 'post.notes.id');
    expect(JSON.stringify(added.requestBody)).toContain(
      '"properties":{"text":{"type":"string"},"done":{"type":"boolean"}},"required":["text"],"additionalProperties":false',
    );
    expect(JSON.stringify(added.responses?.['200'])).toContain('"properties":{"id":{"type":"integer"');
    expect(findOperation(document, 'get.notes.id').tags).toBeUndefined();
  });
});
