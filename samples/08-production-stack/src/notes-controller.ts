import { setTimeout as sleep } from 'node:timers/promises';
import { Body, Controller, created, Ctx, Get, Post, type Context } from '@sluice/core';
import { RateLimit } from '@sluice/rate-limit';
import { Session, type SessionData } from '@sluice/session';
import { Timeout } from '@sluice/timeout';
import { IsString, MaxLength } from 'class-validator';

export class CreateNote {
  @IsString()
  @MaxLength(200)
  text!: string;
}

@Controller('/notes')
export class NotesController {
  @Get()
  list(@Session() session: SessionData) {
    return session['notes'] ?? [];
  }

  /** A limit of its own, inside the one of the application. */
  @Post()
  @RateLimit({ name: 'writes', limit: 10, window: 60 })
  add(@Body() { text }: CreateNote, @Session() session: SessionData) {
    const notes = [...((session['notes'] as string[] | undefined) ?? []), text];
    session['notes'] = notes;
    return created({ id: notes.length - 1, text });
  }

  /** Slower than it may be: the time of the method replaces that of the application. */
  @Get('/report')
  @Timeout(200)
  async report(@Ctx() context: Context) {
    await sleep(5000, undefined, { signal: context.signal });
    return 'never sent';
  }
}
