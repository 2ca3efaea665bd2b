import { Injectable } from '@sluice/core';

export interface Note {
  readonly id: number;
  readonly text: string;
}

/** Notes in memory, by id. */
@Injectable()
export class NoteStore {
  private readonly notes = new Map<number, Note>();
  private latestId = 0;

  constructor() {
    this.add('Buy milk');
    this.add('Read docs/order.md');
  }

  list(): readonly Note[] {
    return [...this.notes.values()];
  }

  find(id: number): Note | undefined {
    return this.notes.get(id);
  }

  add(text: string): Note {
    const note = { id: ++this.latestId, text };
    this.notes.set(note.id, note);
    return note;
  }

  remove(id: number): boolean {
    return this.notes.delete(id);
  }
}
