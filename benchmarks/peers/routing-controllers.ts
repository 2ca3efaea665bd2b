// routing-controllers on Express, with the middleware of the Express application.
import 'reflect-metadata';
import express from 'express';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  JsonController,
  Param,
  Post,
  QueryParam,
  Req,
  useExpressServer,
} from 'routing-controllers';
import * as payloads from '../workloads/payloads.js';
import { assignment } from './assignment.js';
import { compress, stack } from './express-middleware.js';
import { Order, STRICT } from './order.js';

interface SessionRequest {
  session: { hello?: string };
}

@JsonController()
class PlainController {
  @Get('/')
  greet() {
    return payloads.GREETING;
  }

  @Get('/users/:id')
  show(@Param('id') id: string, @QueryParam('x') x: string) {
    return { id, x };
  }

  @Post('/echo')
  @HttpCode(201)
  echo(@Body() body: object) {
    return body;
  }

  @Get('/later')
  async greetLater() {
    return await payloads.findGreeting();
  }
}

@Controller()
class TextController {
  @Get('/text')
  read(@Req() request: express.Request) {
    return request.res!.type('text/plain').send(payloads.LONG_TEXT);
  }
}

@JsonController()
class StackController {
  @Post('/login')
  logIn(@Req() request: SessionRequest) {
    request.session.hello = 'world';
    return {};
  }

  @Get('/')
  greet(@Req() request: SessionRequest) {
    return { hello: request.session.hello };
  }
}

@JsonController()
class GzipController {
  @Get('/article')
  show() {
    return payloads.ARTICLE;
  }
}

@JsonController()
class FastrapiController {
  @Get('/')
  greet(@QueryParam('name') name?: string) {
    return { Hello: name ?? 'World' };
  }

  @Post('/register')
  register(@Body() { address, user }: typeof payloads.REGISTRATION) {
    return { address, user };
  }
}

@Controller()
class PageController {
  @Get('/html')
  page() {
    return '<h1>Hello</h1>';
  }
}

@JsonController()
class NameController {
  @Get('/:name')
  greetByPath(@Param('name') name: string) {
    return { Hello: name };
  }
}

@JsonController()
class OrdersController {
  @Post('/orders')
  @HttpCode(201)
  add(@Body({ validate: STRICT }) order: Order) {
    return order;
  }
}

function createRoutes() {
  class RoutesController {}
  for (const path of payloads.listPaths(assignment.count)) {
    Object.defineProperty(RoutesController.prototype, path, { value: () => payloads.GREETING });
    Get(path)(RoutesController.prototype, path);
  }
  JsonController()(RoutesController);
  return RoutesController;
}

/** Validation ends in a 400 here; the others say 422. */
function refuse(error: { httpCode?: number }, _request: unknown, response: express.Response, _next: unknown) {
  response.sendStatus(error.httpCode === 400 ? 422 : 500);
}

type RequestHandlers = Parameters<express.Application['use']>[0][];
type Variant = { controllers: Function[]; middleware?: unknown[]; refuse?: express.ErrorRequestHandler };
const variants: Record<string, () => Variant> = {
  plain: () => ({ controllers: [PlainController, TextController] }),
  stack: () => ({ controllers: [StackController], middleware: stack }),
  gzip: () => ({ controllers: [GzipController], middleware: [compress] }),
  routes: () => ({ controllers: [createRoutes()] }),
  fastrapi: () => ({ controllers: [FastrapiController, PageController, NameController] }),
  orders: () => ({ controllers: [OrdersController], refuse }),
};

const { controllers, middleware = [], refuse: handleError } = variants[assignment.variant]!();
const app = express();
app.disable('x-powered-by');
app.set('etag', false);
for (const each of middleware as RequestHandlers) app.use(each);
useExpressServer(app, { controllers, defaultErrorHandler: handleError === undefined });
if (handleError !== undefined) app.use(handleError);
app.listen(assignment.port, assignment.host);
