import { gzip } from '@sluice/compression';
import { Controller, Get, Post } from '@sluice/core';
import { cors } from '@sluice/cors';
import { session, Session } from '@sluice/session';
import { trustedHost } from '@sluice/trusted-host';
import { ALLOWED_HOSTS, ORIGIN, SESSION_SECONDS, SESSION_SECRET } from '../workloads/payloads.js';

export const middleware = {
  trustedHost: trustedHost({ allowedHosts: ALLOWED_HOSTS }),
  cors: cors({ allowOrigins: [ORIGIN], allowCredentials: true }),
  gzip: gzip({ minimumSize: 500, compressLevel: 6 }),
  session: session({ secretKey: SESSION_SECRET, maxAge: SESSION_SECONDS }),
};

/** Outermost first. */
export const stack = [middleware.trustedHost, middleware.cors, middleware.gzip, middleware.session];

@Controller('/')
export class StackController {
  @Post('/login')
  logIn(@Session() session: { hello?: string }) {
    session.hello = 'world';
  }

  @Get()
  greet(@Session() session: { hello?: string }) {
    return { hello: session.hello };
  }
}
