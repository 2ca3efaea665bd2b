/** An application that uses everything that Sluice loads late. */
import { tmpdir } from 'node:os';
import { Body, Controller, createApp, Form, Get, Post } from '@sluice/core';
import { Transform } from 'class-transformer';
import { IsString } from 'class-validator';

class CreateNote {
  @Transform(({ value }) => value as string)
  @IsString()
  text!: string;
}

class NoteStore {
  readonly notes: string[] = [];
}

@Controller('/notes')
class NotesController {
  constructor(private readonly store: NoteStore) {}

  @Post()
  create(@Body() note: CreateNote) {
    return this.store.notes.push(note.text);
  }

  @Post('/form')
  take(@Form('text') text: string) {
    return text;
  }

  @Get('/broken')
  fail() {
    throw new Error('on purpose');
  }
}

async function main(): Promise<void> {
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const app = await createApp({ controllers: [NotesController], development: true, logger });
  await app.inject({ url: '/notes/broken', headers: { accept: 'text/html' } });
  const headers = { 'content-type': 'application/json' };
  await app.inject({ method: 'POST', url: '/notes', headers, body: '{"text":"a"}' });
  // Fails, because the path is a folder.
  await app.listen({ socket: tmpdir() }).catch(() => undefined);
}

void main();
