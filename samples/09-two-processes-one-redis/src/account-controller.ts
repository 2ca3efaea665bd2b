import { authenticate, User } from '@sluice/auth';
import { Controller, Get, noContent, Post, Status, UseMiddleware } from '@sluice/core';
import { destroySession, endSessionsOf, Session } from '@sluice/session';
import { readUser, type Login } from './login';
import { sharedLimit } from './shared-limit';
import { SharedRedis } from './shared-redis';

@Controller('/account')
@UseMiddleware(authenticate({ verify: readUser }))
export class AccountController {
  constructor(private readonly redis: SharedRedis) {}

  /** Counts the visits in the session, whichever process answers. */
  @Get()
  show(@User() user: string, @Session() session: Login) {
    session.visits = (session.visits ?? 0) + 1;
    return { user, visits: session.visits, process: process.pid };
  }

  /** Five an hour for each user, on all devices and in all processes together. */
  @Post('/exports')
  @UseMiddleware(sharedLimit({ name: 'exports', limit: 5, window: 3600, key: readUser }))
  export(@User() user: string) {
    return { export: `everything of ${user}`, process: process.pid };
  }

  @Post('/logout')
  @Status(204)
  logOut(@Session() session: Login) {
    destroySession(session);
    return noContent();
  }

  @Post('/logout-everywhere')
  @Status(204)
  async logOutEverywhere(@User() user: string) {
    await endSessionsOf(this.redis.sessions, user);
    return noContent();
  }
}
