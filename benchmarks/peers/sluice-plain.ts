import { Body, bytes, Controller, created, Get, Param, Post, Query } from '@sluice/core';
import { findGreeting, GREETING, LONG_TEXT } from '../workloads/payloads.js';

const TEXT_HEADERS = { 'Content-Type': 'text/plain; charset=utf-8' };

@Controller('/')
export class PlainController {
  @Get()
  greet() {
    return GREETING;
  }

  @Get('/users/:id')
  show(@Param('id') id: string, @Query('x') x: string) {
    return { id, x };
  }

  @Post('/echo')
  echo(@Body({ validate: false }) body: unknown) {
    return created(body);
  }

  @Get('/text')
  read() {
    return bytes(LONG_TEXT, { headers: TEXT_HEADERS });
  }

  @Get('/later')
  async greetLater() {
    return await findGreeting();
  }
}
