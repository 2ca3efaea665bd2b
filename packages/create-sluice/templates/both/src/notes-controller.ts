import { Body, Controller, created, Get, notFound, Param, Post } from '@sluice/core';
import { CreateNote } from './create-note{{js}}';

@Controller('/notes')
export class NotesController {
  private readonly notes = ['the first note'];

  @Get()
  list() {
    return this.notes.map((text, id) => ({ id, text }));
  }

  @Get('/:id')
  show(@Param('id') id: number) {
    const text = this.notes[id];
    return text === undefined ? notFound() : { id, text };
  }

  @Post()
  create(@Body() { text }: CreateNote) {
    const id = this.notes.push(text) - 1;
    return created({ id, text }, { location: `/notes/${id}` });
  }
}
