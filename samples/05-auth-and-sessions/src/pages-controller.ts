import { Public, User } from '@sluice/auth';
import { Controller, Form, Get, html, Post, redirect, SetHeader } from '@sluice/core';
import { Operation } from '@sluice/openapi';
import { destroySession, Session } from '@sluice/session';
import { Credentials } from './credentials';
import { CHALLENGE, logIn, type Login } from './login';
import { formatHomePage, formatLoginPage } from './pages';
import { Users, type Account } from './users';

/** The pages for people: a login form, and a page behind it. */
@Controller('/')
@Operation({ replies: { 303: 'The browser goes to another page.' } })
export class PagesController {
  constructor(private readonly users: Users) {}

  @Get()
  @SetHeader('Cache-Control', 'no-store') // So that the back button does not show it after the logout.
  home(@User() user: Account) {
    return html(formatHomePage(user));
  }

  @Get('/login')
  @Public()
  showForm() {
    return html(formatLoginPage());
  }

  @Post('/login')
  @Public()
  @Operation({ replies: { 401: { description: 'The form, with what was wrong.', mediaType: 'text/html' } } })
  async login(@Form() credentials: Credentials, @Session() session: Login) {
    const user = await this.users.verify(credentials);
    if (user === undefined) {
      return html(formatLoginPage('The name or the password is wrong.'), { status: 401, headers: CHALLENGE });
    }
    logIn(session, user);
    return redirect('/', { status: 303 });
  }

  @Post('/logout')
  logout(@Session() session: Login) {
    destroySession(session);
    return redirect('/login', { status: 303 });
  }
}
