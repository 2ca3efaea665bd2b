import { Body, Controller, created, Get, notFound, Param, Post, Returns, Status } from '@sluice/core';
import { CreateNote } from './create-note{{js}}';
import { Note } from './note{{js}}';

@Controller('/notes')
export class NotesController {
  private readonly notes = ['the first note'];

  @Get()
  @Returns([Note])
  list() {
    return this.notes.map((text, id) => ({ id, text }));
  }

  @Get('/:id')
  @Returns(Note)
  show(@Param('id') id: number) {
    const text = this.notes[id];
    return text === undefined ? notFound() : { id, text };
  }

  @Post()
  @Status(201)
  @Returns(Note)
  create(@Body() { text }: CreateNote) {
    const id = this.notes.push(text) - 1;
    return created({ id, text }, { location: `/notes/${id}` });
  }
}
