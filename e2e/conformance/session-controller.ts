import { Body, Controller, Get, Post, type Class } from '@sluice/core';
import { Session, type SessionData } from '@sluice/session';

/** Makes the controller of the session cases, with the prefix of the case. */
export function makeSessionController(prefix = '/'): Class {
  @Controller(prefix)
  class SessionController {
    @Get('/view_session')
    view(@Session() session: SessionData) {
      return { session };
    }

    @Post('/update_session')
    update(@Session() session: SessionData, @Body({ validate: false }) changes: object) {
      Object.assign(session, changes);
      return { session };
    }

    @Post('/clear_session')
    clear(@Session() session: SessionData) {
      for (const key of Object.keys(session)) delete session[key];
      return { session };
    }

    @Get('/no_session')
    none() {
      return { status: 'ok' };
    }
  }
  return SessionController;
}
