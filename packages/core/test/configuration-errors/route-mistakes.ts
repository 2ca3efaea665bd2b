import { BodyLimit, Catch, Controller, Get, Param, Post, UseMiddleware } from '../../src';
import { start, type Mistake } from './mistake';

@Controller('/users')
class UsersController {
  @Get('/:id') show() {}
  @Get('/:name') find() {}
}

@Controller('/paths')
class PathsController {
  @Get('/{id}') show() {}
}

@Controller(5 as never)
class NumberedController {
  @Get() show() {}
}

@Controller('/params')
class ParamsController {
  @Get('/:id') show(@Param('name') _name: string) {}
  @Get() list(@Param('id') _id: string) {}
}

@Controller('/limits')
class LimitsController {
  @Post() @BodyLimit(1.5) create() {}
}

class PlainClass {
  @Get() show() {}
}

@Controller('/empty')
class EmptyController {}

@Controller('/good')
class GoodController {
  @Get() show() {}
}

@Controller('/forgot')
class ForgotController {
  @Get() list() {}
  @UseMiddleware((_context, next) => next())
  show() {}
}

@Controller('/catches')
class CatchesController {
  @Get() show() {}
  @Catch(undefined as never) onError() {}
}

const handler = () => 1;
const PATHS = "Write paths like '/notes', '/notes/:id' or '/files/*'.";
const FILTER =
  'Give a class that extends Error, or a status from 200 to 599. Where it is undefined, two files import one another.';

export const ROUTE_MISTAKES: readonly Mistake[] = [
  {
    code: 'ROUTE_DUPLICATE',
    when: 'two methods answer the same requests',
    make: () => start({ controllers: [UsersController] }),
    place: 'UsersController.find',
    fault:
      'UsersController.show (/users/:id) and UsersController.find (/users/:name) answer the same requests: GET /users/:name.',
    cure: 'Change one path, or take one route away.',
  },
  {
    code: 'ROUTE_PATH_INVALID',
    when: 'a path can not be parsed',
    make: () => start({ controllers: [PathsController] }),
    place: 'PathsController.show',
    fault:
      'The path "/paths/{id}" can not be parsed. Parameters are written /:name and the rest /*, not /{id}.',
    cure: PATHS,
  },
  {
    code: 'ROUTE_PATH_INVALID',
    when: 'a prefix is no text',
    make: () => start({ controllers: [NumberedController] }),
    place: 'NumberedController',
    fault: 'The prefix is no text.',
    cure: "Write it as text: @Controller('/notes').",
  },
  {
    code: 'ROUTE_PATH_INVALID',
    when: 'the path of a plain route is no text',
    make: () => start({ routes: [{ method: 'GET', handler }] }),
    place: 'handler',
    fault: 'The path "undefined" can not be parsed. It is no text.',
    cure: PATHS,
  },
  {
    code: 'ROUTE_METHOD_INVALID',
    when: 'a plain route has a method in small letters',
    make: () => start({ routes: [{ method: 'get', path: '/', handler }] }),
    place: 'handler',
    fault: 'get is no method that Sluice serves.',
    cure: "Write 'GET', 'POST', … or 'ALL', in capitals.",
  },
  {
    code: 'ROUTE_HANDLER_MISSING',
    when: 'a plain route has no handler',
    make: () => start({ routes: [{ method: 'GET', path: '/a' }] }),
    place: 'GET /a',
    fault: 'The route has no handler function.',
    cure: 'Add handler: (context) => … to the route.',
  },
  {
    code: 'ROUTE_HANDLER_MISSING',
    when: 'a plain route is nothing at all',
    make: () => start({ routes: [null] }),
    place: 'undefined undefined',
    fault: 'The route has no handler function.',
    cure: 'Add handler: (context) => … to the route.',
  },
  {
    code: 'PARAM_NOT_IN_PATH',
    when: '@Param names something else than the path',
    make: () => start({ controllers: [ParamsController] }),
    place: 'ParamsController.show, parameter 0',
    fault: "@Param('name') is not in the path /params/:id, which has only :id.",
    cure: 'Write :name into the path, or another name into @Param.',
  },
  {
    code: 'PARAM_NOT_IN_PATH',
    when: 'the path has no parameter',
    make: () => start({ controllers: [ParamsController] }),
    place: 'ParamsController.list, parameter 0',
    fault: "@Param('id') is not in the path /params, which has no parameter.",
    cure: 'Write :id into the path, or another name into @Param.',
  },
  {
    code: 'BODY_LIMIT_INVALID',
    when: '@BodyLimit is no whole number',
    make: () => start({ controllers: [LimitsController] }),
    place: 'LimitsController.create',
    fault: 'The body limit is no whole number of bytes.',
    cure: 'Write @BodyLimit(1_048_576) for 1 MiB.',
  },
  {
    code: 'CONTROLLER_UNDECORATED',
    when: 'a class without @Controller is listed',
    make: () => start({ controllers: [PlainClass] }),
    place: 'PlainClass',
    fault: 'The class is listed as a controller and has no @Controller of its own.',
    cure: "Write @Controller('/prefix') before it, or take it off the list.",
  },
  {
    code: 'CONTROLLER_UNDECORATED',
    when: 'something that is no class is listed',
    make: () => start({ controllers: [{}] }),
    place: 'createApp, controllers',
    fault: 'Something that is no class is listed as a controller.',
    cure: 'List classes with @Controller(), parentheses included.',
  },
  {
    code: 'CONTROLLER_EMPTY',
    when: 'a controller has no route',
    make: () => start({ controllers: [EmptyController] }),
    place: 'EmptyController',
    fault: 'The controller has no route.',
    cure: 'Write @Get() or another method before one of its methods, or take it off the list.',
  },
  {
    code: 'CONTROLLER_TWICE',
    when: 'a controller is listed twice',
    make: () => start({ controllers: [GoodController, GoodController] }),
    place: 'createApp, controllers',
    fault: 'GoodController is listed twice.',
    cure: 'List it once.',
  },
  {
    code: 'DECORATOR_MISPLACED',
    when: 'a method with decorators is no route',
    make: () => start({ controllers: [ForgotController] }),
    place: 'ForgotController.show',
    fault: 'The method has decorators and no route, so nothing calls it.',
    cure: 'Write @Get() or another method before it, or take its decorators away.',
  },
  {
    code: 'ERROR_HANDLER_INVALID',
    when: '@Catch is for something that is no error class',
    make: () => start({ controllers: [CatchesController] }),
    place: 'CatchesController',
    fault: 'An error handler is for undefined, which is neither an error class nor a status.',
    cure: FILTER,
  },
  {
    code: 'ERROR_HANDLER_INVALID',
    when: 'a handler of the application is for something that is no error class',
    make: () => start({ errorHandlers: [{ error: 'TypeError', handle: () => 1 }] }),
    place: 'createApp, errorHandlers 0',
    fault: 'An error handler is for something, which is neither an error class nor a status.',
    cure: FILTER,
  },
  {
    code: 'ERROR_HANDLER_INVALID',
    when: 'a class without @Catch is listed as error handler',
    make: () => start({ errorHandlers: [{ error: Error, handle: () => 1 }, GoodController] }),
    place: 'createApp, errorHandlers 1',
    fault: 'It is neither { error, handle } nor a class with a method that has @Catch.',
    cure: 'Write { error: ErrorClass, handle: (error, context) => … }.',
  },
];
