import { Public, Roles, User } from '@sluice/auth';
import { Body, Controller, created, Get, noContent, Post, SetHeader, unauthorized } from '@sluice/core';
import { destroySession, Session } from '@sluice/session';
import { Credentials } from './credentials';
import { CHALLENGE, logIn, type Login } from './login';
import { Users, type Account } from './users';

/** For programs: the same in JSON. */
@Controller('/api')
export class ApiController {
  constructor(private readonly users: Users) {}

  @Post('/login')
  @Public()
  async login(@Body() credentials: Credentials, @Session() session: Login) {
    const user = await this.users.verify(credentials);
    if (user === undefined) {
      throw unauthorized({ detail: 'Name or password is wrong.', headers: CHALLENGE });
    }
    logIn(session, user);
    return user;
  }

  @Post('/logout')
  logout(@Session() session: Login) {
    destroySession(session);
    return noContent();
  }

  /** For programs that have no session: `Authorization: Bearer <token>`. */
  @Post('/tokens')
  @SetHeader('Cache-Control', 'no-store')
  issueToken(@User() user: Account) {
    return created({ token: this.users.issueToken(user) });
  }

  @Get('/me')
  me(@User() user: Account) {
    return user;
  }

  @Get('/users')
  @Roles('admin')
  list() {
    return this.users.list();
  }
}
