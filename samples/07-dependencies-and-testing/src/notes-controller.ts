import { Body, Controller, Get, Post, Status } from '@sluice/core';
import { Session, type SessionData } from '@sluice/session';
import { IsString, Length } from 'class-validator';
import { CurrentUser } from './current-user';
import { NoteService } from './note-service';
import { RequestLog } from './request-log';

class LogIn {
  @IsString()
  @Length(1, 20)
  name!: string;
}

class WriteNote {
  @IsString()
  @Length(1, 200)
  text!: string;
}

@Controller()
export class NotesController {
  constructor(
    private readonly notes: NoteService,
    private readonly log: RequestLog,
  ) {}

  /** Logs in without a password, to keep the sample short. Use @sluice/auth to check one. */
  @Post('/log-in')
  @Status(204)
  logIn(@Session() session: SessionData, @Body() { name }: LogIn) {
    session.user = name;
  }

  @Get('/notes')
  list(@CurrentUser() user: string) {
    this.log.add(`by ${user}`);
    return this.notes.list(user);
  }

  @Post('/notes')
  @Status(201)
  write(@CurrentUser() user: string, @Body() { text }: WriteNote) {
    this.log.add(`by ${user}`);
    return this.notes.write(user, text);
  }
}
