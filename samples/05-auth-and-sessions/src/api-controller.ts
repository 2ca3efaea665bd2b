import { Public, Roles, User } from '@sluice/auth';
import {
  Body,
  Controller,
  created,
  Get,
  noContent,
  Post,
  SetHeader,
  Status,
  unauthorized,
} from '@sluice/core';
import { Operation } from '@sluice/openapi';
import { destroySession, Session } from '@sluice/session';
import { Credentials } from './credentials';
import { CHALLENGE, logIn, type Login } from './login';
import { Users, type Account } from './users';

/** The JSON API for programs. */
@Controller('/api')
export class ApiController {
  constructor(private readonly users: Users) {}

  @Post('/login')
  @Public()
  @Operation({ replies: { 401: 'The name or the password is wrong.' } })
  async login(@Body() credentials: Credentials, @Session() session: Login) {
    const user = await this.users.verify(credentials);
    if (user === undefined) {
      throw unauthorized({ detail: 'The name or the password is wrong.', headers: CHALLENGE });
    }
    logIn(session, user);
    return user;
  }

  @Post('/logout')
  @Status(204)
  logout(@Session() session: Login) {
    destroySession(session);
    return noContent();
  }

  /** Issues a token for a program without a session, which sends it as `Authorization: Bearer <token>`. */
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
