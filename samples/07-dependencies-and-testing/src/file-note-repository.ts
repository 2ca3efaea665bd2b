import { readFile, writeFile } from 'node:fs/promises';
import { Inject, Injectable, OnStart, OnStop, token } from '@sluice/core';
import type { Note, NoteRepository } from './note-repository';

/** The path of the file with the notes. */
export const NOTES_FILE = token<string>('notes file');

/** Notes in a file. Reads it before the application listens, and writes it when the application has closed. */
@Injectable()
export class FileNoteRepository implements NoteRepository {
  private notes: Note[] = [];

  constructor(@Inject(NOTES_FILE) private readonly file: string) {}

  @OnStart()
  async load() {
    const text = await readFile(this.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '[]';
      throw error;
    });
    this.notes = JSON.parse(text) as Note[];
  }

  @OnStop()
  save() {
    return writeFile(this.file, JSON.stringify(this.notes));
  }

  add(note: Note) {
    this.notes.push(note);
  }

  findBy(author: string) {
    return this.notes.filter((note) => note.author === author);
  }
}
