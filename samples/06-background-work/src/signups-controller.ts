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
import { Operation } from '@sluice/openapi';
import { Journal } from './journal';
import { Signup } from './signup';

@Controller('/signups')
export class SignupsController {
  private readonly emails = new Set<string>();

  constructor(private readonly journal: Journal) {}

  @Post()
  @Operation({ replies: { 409: 'The address has already signed up.' } })
  signUp(@Body() { email }: Signup, @Background() tasks: BackgroundTasks, @Ctx() context: Context) {
    // Runs after every reply, also after an error.
    context.background(() => this.journal.write(`attempt ${email}`));
    // Runs only if the request succeeds.
    tasks.add(sendWelcome, this.journal, email);
    if (this.emails.has(email)) throw conflict('This address has already signed up.');
    this.emails.add(email);
    return created({ email });
  }

  @Get('/journal')
  list() {
    return this.journal.lines;
  }
}

/** In place of a mail, which takes time: the client does not wait for it. */
async function sendWelcome(journal: Journal, email: string): Promise<void> {
  await Promise.resolve();
  journal.write(`welcome ${email}`);
}
