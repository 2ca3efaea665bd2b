import { setTimeout as wait } from 'node:timers/promises';
import { Body, Controller, Get, json, Post, UseMiddleware } from '@sluice/core';
import { Operation } from '@sluice/openapi';
import { Session } from '@sluice/session';
import { requireAuthorization } from './require-authorization';

/** The session data of a visitor. */
interface Visits {
  count?: number;
}

@Controller('/')
export class QuickstartController {
  @Get()
  status() {
    return { status: 'running' };
  }

  @Get('/heavy')
  heavy() {
    return { data: 'x'.repeat(1000), note: 'Check content-encoding header!' };
  }

  @Get('/counter')
  counter(@Session() visits: Visits) {
    visits.count = (visits.count ?? 0) + 1;
    return { count: visits.count };
  }

  @Get('/admin')
  @Operation({
    replies: { 401: { description: 'The request has no credentials.', mediaType: 'application/json' } },
  })
  @UseMiddleware(requireAuthorization)
  admin() {
    return { message: 'Admin access granted' };
  }

  @Post('/echo')
  echo(@Body({ validate: false }) body: unknown) {
    return json(body);
  }

  @Get('/slow')
  async slow() {
    await wait(50);
    return { waitedMs: 50 };
  }
}
