import { Inject, Injectable } from '@sluice/core';
import { NOTE_REPOSITORY, type NoteRepository } from './note-repository';
import { RequestLog } from './request-log';

@Injectable()
export class NoteService {
  constructor(
    @Inject(NOTE_REPOSITORY) private readonly repository: NoteRepository,
    private readonly log: RequestLog,
  ) {}

  write(author: string, text: string) {
    this.log.add('write');
    const note = { author, text };
    this.repository.add(note);
    return note;
  }

  list(author: string) {
    this.log.add('list');
    return this.repository.findBy(author);
  }
}
