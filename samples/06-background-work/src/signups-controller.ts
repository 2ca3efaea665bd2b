import {
  Background,
  Body,
  conflict,
  Controller,
  created,
  Ctx,
  Get,
  Post,
  type BackgroundTasks,
  type Context,
} from '@sluice/core';
import { Journal } from './journal';
import { Signup } from './signup';

@Controller('/signups')
export class SignupsController {
  private readonly emails = new Set<string>();

  constructor(private readonly journal: Journal) {}

  @Post()
  signUp(@Body() { email }: Signup, @Background() tasks: BackgroundTasks, @Ctx() context: Context) {
    // Whatever the reply is, a refusal too.
    context.background(() => this.journal.write(`attempt ${email}`));
    // Only where it is a success.
    tasks.add(sendWelcome, this.journal, email);
    if (this.emails.has(email)) throw conflict('That address has signed up already.');
    this.emails.add(email);
    return created({ email });
  }

  @Get('/journal')
  list() {
    return this.journal.lines;
  }
}

/** Stands for a mail that takes its time: nobody who signs up waits for it. */
async function sendWelcome(journal: Journal, email: string): Promise<void> {
  await Promise.resolve();
  journal.write(`welcome ${email}`);
}
