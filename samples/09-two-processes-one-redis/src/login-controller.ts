import { Body, Controller, Get, Post, UseMiddleware } from '@sluice/core';
import { regenerateSession, Session } from '@sluice/session';
import { Credentials, type Login } from './login';
import { sharedLimit } from './shared-limit';

@Controller('/')
export class LoginController {
  @Get()
  show() {
    return { process: process.pid };
  }

  /** `closed`: while Redis cannot count attempts, none is accepted; passwords could be guessed without limit otherwise. */
  @Post('/login')
  @UseMiddleware(sharedLimit({ name: 'logins', limit: 10, window: 300, onStoreError: 'closed' }))
  logIn(@Body() { user }: Credentials, @Session() session: Login) {
    regenerateSession(session, { keepData: false });
    session.user = user;
    return { user };
  }
}
