import { CacheControl } from '@sluice/cache-control';
import {
  Body,
  Controller,
  created,
  Delete,
  Get,
  noContent,
  notFound,
  Param,
  Post,
  Status,
} from '@sluice/core';
import { SecurityHeaders } from '@sluice/security-headers';
import { IsString, Length } from 'class-validator';
import { NoteStore } from './note-store';

/** The body of a request that adds a note. */
export class CreateNote {
  @IsString()
  @Length(1, 200)
  text!: string;
}

/** Data, not pages. A browser may keep an answer, and asks each time whether it is still the same. */
@Controller('/api/notes')
@SecurityHeaders({ preset: 'api' })
@CacheControl({ private: true, noCache: true })
export class NotesController {
  constructor(private readonly notes: NoteStore) {}

  @Get()
  list() {
    return this.notes.list();
  }

  @Get('/:id')
  show(@Param('id', 'integer') id: number) {
    return this.notes.find(id) ?? noteNotFound();
  }

  @Post()
  @Status(201)
  add(@Body() { text }: CreateNote) {
    const note = this.notes.add(text);
    return created(note, { location: `/api/notes/${note.id}` });
  }

  @Delete('/:id')
  @Status(204)
  remove(@Param('id', 'integer') id: number) {
    return this.notes.remove(id) ? noContent() : noteNotFound();
  }
}

function noteNotFound() {
  return notFound({ detail: 'This note does not exist.' });
}
