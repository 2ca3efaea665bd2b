import { Body, conflict, Controller, created, Get, Param, Post, Query } from '@sluice/core';
import { Session } from '@sluice/session';
import { ARTICLE, findGreeting } from '../workloads/payloads.js';

interface Visit {
  hello?: string;
  visits?: number;
}

let visits = 0;

/** Everything that has state, or could have: sessions, bodies, errors, what clients choose. */
@Controller('/')
export class MixedController {
  @Post('/login')
  logIn(@Session() session: Visit) {
    session.hello = 'world';
  }

  @Get('/visit')
  visit(@Session() session: Visit) {
    session.hello = 'world';
    session.visits = visits += 1;
    return { hello: session.hello };
  }

  @Get()
  greet(@Session() session: Visit) {
    return { hello: session.hello };
  }

  @Get('/users/:id')
  show(@Param('id') id: string, @Query('x') x: string) {
    return { id, x };
  }

  @Post('/echo')
  echo(@Body({ validate: false }) body: unknown) {
    return created(body);
  }

  @Get('/later')
  async greetLater() {
    return await findGreeting();
  }

  @Get('/refused')
  refuse() {
    throw conflict();
  }

  @Get('/article')
  read() {
    return ARTICLE;
  }
}
