import { token } from '@sluice/core';

export interface Note {
  readonly author: string;
  readonly text: string;
}

/** Stores notes. */
export interface NoteRepository {
  add(note: Note): void;
  findBy(author: string): readonly Note[];
}

/** Interfaces do not exist at run time, so the container knows this one by a token. */
export const NOTE_REPOSITORY = token<NoteRepository>('NoteRepository');
