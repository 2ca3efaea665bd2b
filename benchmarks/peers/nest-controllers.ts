import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import * as payloads from '../workloads/payloads.js';
import { assignment } from './assignment.js';
import { readSession, startSession } from './fastify-plugins.js';

interface SessionRequest {
  session: { hello?: string };
}
interface RawReply {
  type(type: string): { send(body: unknown): unknown };
}

@Controller()
class PlainController {
  @Get()
  greet() {
    return payloads.GREETING;
  }

  @Get('/users/:id')
  show(@Param('id') id: string, @Query('x') x: string) {
    return { id, x };
  }

  @Post('/echo')
  echo(@Body() body: unknown) {
    return body;
  }

  @Get('/text')
  read(@Res() reply: RawReply) {
    reply.type('text/plain; charset=utf-8').send(payloads.LONG_TEXT);
  }

  @Get('/later')
  async greetLater() {
    return await payloads.findGreeting();
  }
}

/** Sessions of cookie-session, on Express and on Node's own server. */
@Controller()
class ExpressStackController {
  @Post('/login')
  logIn(@Req() request: SessionRequest) {
    request.session.hello = 'world';
  }

  @Get()
  greet(@Req() request: SessionRequest) {
    return { hello: request.session.hello };
  }
}

/** Signed cookies of @fastify/cookie, on Fastify. */
@Controller()
class FastifyStackController {
  @Post('/login')
  logIn(@Res({ passthrough: true }) reply: object) {
    startSession(reply, { hello: 'world' });
  }

  @Get()
  greet(@Req() request: object, @Res({ passthrough: true }) reply: object) {
    return { hello: readSession(request, reply).hello };
  }
}

@Controller()
class GzipController {
  @Get('/article')
  show() {
    return payloads.ARTICLE;
  }
}

@Controller()
class FastrapiController {
  @Get()
  greet(@Query('name') name?: string) {
    return { Hello: name ?? 'World' };
  }

  @Get('/html')
  @Header('Content-Type', 'text/html; charset=utf-8')
  page() {
    return '<h1>Hello</h1>';
  }

  @Get('/:name')
  greetByPath(@Param('name') name: string) {
    return { Hello: name };
  }

  @Post('/register')
  @HttpCode(200)
  register(@Body() { address, user }: typeof payloads.REGISTRATION) {
    return { address, user };
  }
}

function createRoutes() {
  class RoutesController {}
  for (const path of payloads.listPaths(assignment.count)) {
    const descriptor = { value: () => payloads.GREETING, configurable: true, writable: true };
    Object.defineProperty(RoutesController.prototype, path, descriptor);
    Get(path)(RoutesController.prototype, path, descriptor);
  }
  Controller()(RoutesController);
  return RoutesController;
}

/** The controller of a variant, on one of the platforms. */
export function findController(platform: string) {
  const controllers: Record<string, () => new () => object> = {
    plain: () => PlainController,
    defaults: () => PlainController,
    stack: () => (platform === 'fastify' ? FastifyStackController : ExpressStackController),
    gzip: () => GzipController,
    routes: createRoutes,
    fastrapi: () => FastrapiController,
  };
  return controllers[assignment.variant]!();
}
