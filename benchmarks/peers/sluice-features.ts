import { Body, Controller, Cookie, Ctx, Get, notFound, Param, Post, Query, type Context } from '@sluice/core';
import { Session } from '@sluice/session';
import { IsBoolean, IsInt, IsString, MaxLength, Min } from 'class-validator';
import { findGreeting, GREETING } from '../workloads/payloads.js';

const GREETING_BYTES = Buffer.from(JSON.stringify(GREETING));
const HEAVY_NOTE = 'Check content-encoding header!';

class Note {
  @IsString() author!: string;
  @IsBoolean() done!: boolean;
  @IsInt() @Min(0) priority!: number;
  @IsString({ each: true }) tags!: string[];
  @MaxLength(1000) text!: string;
  @MaxLength(100) title!: string;
}

interface Visit {
  hello?: string;
  visits?: number;
}

let visits = 0;

/** A route for each feature; all but what they use is the same. */
@Controller('/')
export class FeaturesController {
  @Post('/login')
  logIn() {}

  @Get()
  greet() {
    return GREETING;
  }

  @Get('/buffer')
  greetWithBuffer() {
    return GREETING_BYTES;
  }

  @Get('/heavy')
  weigh() {
    return { data: 'x'.repeat(1000), note: HEAVY_NOTE };
  }

  @Get('/by-path/:hello')
  greetByPath(@Param('hello') hello: string) {
    return { hello };
  }

  @Get('/by-query')
  greetByQuery(@Query('hello') hello: string) {
    return { hello };
  }

  @Get('/by-cookie')
  greetByCookie(@Cookie('theme') theme?: string) {
    return { hello: theme === 'dark' ? 'world' : theme };
  }

  @Post('/body')
  read(@Body({ validate: false }) note: unknown) {
    return note === undefined ? undefined : GREETING;
  }

  @Post('/dto')
  check(@Body() note: Note) {
    return note.done ? undefined : GREETING;
  }

  @Get('/later')
  async greetLater() {
    return await findGreeting();
  }

  @Get('/background')
  greetFirst(@Ctx() context: Context) {
    context.background(() => {});
    return GREETING;
  }

  @Get('/missing')
  miss() {
    throw notFound();
  }
}

/** The same for the features that need a session. */
@Controller('/')
export class SessionController {
  @Post('/login')
  logIn(@Session() session: Visit) {
    session.hello = 'world';
  }

  @Get()
  greet(@Session() session: Visit) {
    return { hello: session.hello };
  }

  @Get('/visit')
  visit(@Session() session: Visit) {
    session.visits = visits += 1;
    return { hello: session.hello };
  }

  @Get('/heavy')
  weigh(@Session() session: Visit) {
    return { data: session.hello === 'world' ? 'x'.repeat(1000) : '', note: HEAVY_NOTE };
  }
}
