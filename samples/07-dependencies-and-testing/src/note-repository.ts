import { token } from '@sluice/core';

export interface Note {
  readonly author: string;
  readonly text: string;
}

/** Where notes are kept. */
export interface NoteRepository {
  add(note: Note): void;
  findBy(author: string): readonly Note[];
}

/** Interfaces are gone at run time: the container knows this one by a token. */
export const NOTE_REPOSITORY = token<NoteRepository>('NoteRepository');
