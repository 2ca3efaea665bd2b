import type { AppOptions } from '@sluice/core';
import { session } from '@sluice/session';
import { FileNoteRepository, NOTES_FILE } from './file-note-repository';
import { NOTE_REPOSITORY } from './note-repository';
import { NoteService } from './note-service';
import { NotesController } from './notes-controller';
import { RequestLog } from './request-log';

/** The options of the application. `main.ts` passes them to `createApp`, the tests to `testApp`. */
export function notesOptions(file: string, secretKey: string) {
  return {
    controllers: [NotesController],
    middleware: [session({ secretKey })],
    providers: [
      NoteService,
      RequestLog,
      { token: NOTES_FILE, useValue: file },
      { token: NOTE_REPOSITORY, useClass: FileNoteRepository },
    ],
  } satisfies AppOptions;
}
