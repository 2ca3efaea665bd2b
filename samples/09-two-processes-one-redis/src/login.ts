import type { Context } from '@sluice/core';
import { readSession } from '@sluice/session';
import { IsString, Length } from 'class-validator';

/** The body of a request to log in. A real one has a password too: see the sample 05-auth-and-sessions. */
export class Credentials {
  @IsString()
  @Length(1, 80)
  user!: string;
}

/** The session data of a user who is logged in. */
export interface Login {
  user?: string;
  visits?: number;
}

/** The user of the session. */
export async function readUser(context: Context): Promise<string | undefined> {
  return (await readSession<Login>(context)).user;
}
