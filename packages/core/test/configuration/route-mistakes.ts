import { BodyLimit, Catch, Controller, Get, HostParam, Param, Post, UseMiddleware, Version } from '../../src';
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

@Controller('slashless')
class SlashlessController {
  @Get('files/*path') show() {}
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

@Controller({ host: 'api.example.com:8080' })
class PortController {
  @Get() show() {}
}

@Controller({ version: '2' })
class VersionedController {
  @Get() show() {}
}

@Controller()
class NumberedVersionController {
  @Get() @Version(2 as never) show() {}
}

@Controller({ host: ':tenant.example.com' })
class TenantController {
  @Get() show(@HostParam('customer') _customer: string) {}
}

@Controller()
class HostlessController {
  @Get() show(@HostParam('tenant') _tenant: string) {}
}

@Controller({ host: ':tenant.example.com' })
class NumberedHostController {
  @Get() show(@HostParam('tenant') _tenant: number) {}
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
const readPlan = () => {
  throw new Error('no title');
};
const PATHS = "Write paths like '/notes', '/notes/:id' or '/files/*'.";
const HOSTS = "Write hosts like 'api.example.com', '*.example.com' or ':tenant.example.com'.";
const VERSIONS = "Write a string such as '2' or '2026-11', a list of such strings, or VERSION_NEUTRAL.";
const FILTER =
  'Pass a class that extends Error, or a status from 200 to 599. If the class is undefined, two files import each other.';

export const ROUTE_MISTAKES: readonly Mistake[] = [
  {
    code: 'ROUTE_DUPLICATE',
    when: 'two methods answer the same requests',
    make: () => start({ controllers: [UsersController] }),
    place: 'UsersController.find',
    fault:
      'UsersController.show (/users/:id) and UsersController.find (/users/:name) answer the same requests: GET /users/:name.',
    cure: 'Change one path, or remove one route.',
  },
  {
    code: 'ROUTE_DUPLICATE',
    when: 'two routes answer the same version for the same hosts',
    make: () =>
      start({
        versioning: { type: 'header', header: 'X-API-Version' },
        routes: [
          { method: 'GET', path: '/a', host: ':one.example.com', version: ['1', '2'], handler, name: 'one' },
          { method: 'GET', path: '/a', host: ':two.Example.com', version: '2', handler, name: 'two' },
        ],
      }),
    place: 'two',
    fault: 'one (/a) and two (/a) answer the same requests: GET :two.example.com/a (version 2).',
    cure: 'Change one path, or remove one route.',
  },
  {
    code: 'ROUTE_HOST_INVALID',
    when: 'a host has a port',
    make: () => start({ controllers: [PortController] }),
    place: 'PortController',
    fault: 'The host "api.example.com:8080" cannot be parsed. A host pattern cannot have a port.',
    cure: HOSTS,
  },
  {
    code: 'ROUTE_HOST_INVALID',
    when: 'a route has an empty list of hosts',
    make: () => start({ routes: [{ method: 'GET', path: '/', host: [], handler }] }),
    place: 'handler',
    fault: 'The host [] cannot be parsed. The list is empty.',
    cure: HOSTS,
  },
  {
    code: 'ROUTE_HOST_INVALID',
    when: 'a host is not a string',
    make: () => start({ routes: [{ method: 'GET', path: '/', host: /example/, handler }] }),
    place: 'handler',
    fault: 'The host {} cannot be parsed. It is not a string.',
    cure: HOSTS,
  },
  {
    code: 'ROUTE_VERSION_INVALID',
    when: 'a version is a number',
    make: () => start({ controllers: [NumberedVersionController], versioning: { type: 'path' } }),
    place: 'NumberedVersionController.show',
    fault: 'The version 2 is not a string of letters and digits.',
    cure: VERSIONS,
  },
  {
    code: 'ROUTE_VERSION_INVALID',
    when: 'a route has an empty list of versions',
    make: () =>
      start({ routes: [{ method: 'GET', path: '/', version: [], handler }], versioning: { type: 'path' } }),
    place: 'handler',
    fault: 'The version [] is not a string of letters and digits.',
    cure: VERSIONS,
  },
  {
    code: 'VERSIONING_MISSING',
    when: 'a controller has a version but the application has no versioning',
    make: () => start({ controllers: [VersionedController] }),
    place: 'VersionedController',
    fault: 'It has version 2, but createApp has no versioning option, so requests cannot name a version.',
    cure: "Add versioning to createApp, as in { type: 'path' }, or remove the version.",
  },
  {
    code: 'PARAM_NOT_IN_HOST',
    when: '@HostParam and the host have different names',
    make: () => start({ controllers: [TenantController] }),
    place: 'TenantController.show, parameter 0',
    fault: "The host :tenant.example.com has no :customer for @HostParam('customer').",
    cure: "Write @Controller({ host: ':customer.example.com' }), or change the name in @HostParam.",
  },
  {
    code: 'PARAM_NOT_IN_HOST',
    when: '@HostParam is in a controller without a host',
    make: () => start({ controllers: [HostlessController] }),
    place: 'HostlessController.show, parameter 0',
    fault: "The route answers every host, so there is no :tenant for @HostParam('tenant').",
    cure: "Write @Controller({ host: ':tenant.example.com' }), or change the name in @HostParam.",
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'a part of the host has the type number',
    make: () => start({ controllers: [NumberedHostController] }),
    place: 'NumberedHostController.show, parameter 0',
    fault: 'A part of the host is a string and cannot be read as Number.',
    cure: 'Give the parameter the type string.',
  },
  {
    code: 'OPTION_UNKNOWN',
    when: 'a controller has an unknown option',
    make: () => Controller({ prefix: '/a' } as never),
    place: '@Controller()',
    fault: 'There is no option "prefix".',
    cure: 'Known options: path, host, version.',
  },
  {
    code: 'ROUTE_PATH_INVALID',
    when: 'a path cannot be parsed',
    make: () => start({ controllers: [PathsController] }),
    place: 'PathsController.show',
    fault:
      'The path "/paths/{id}" cannot be parsed. Write parameters as /:name and the rest of a path as /*, not /{id}.',
    cure: PATHS,
  },
  {
    code: 'ROUTE_PATH_INVALID',
    when: 'a path without its slashes cannot be parsed',
    make: () => start({ controllers: [SlashlessController] }),
    place: 'SlashlessController.show',
    fault:
      'The path "/slashless/files/*path" cannot be parsed. Write parameters as /:name and the rest of a path as /*, not /*path.',
    cure: PATHS,
  },
  {
    code: 'ROUTE_PATH_INVALID',
    when: 'a prefix is not a string',
    make: () => start({ controllers: [NumberedController] }),
    place: 'NumberedController',
    fault: 'The prefix is not a string.',
    cure: "Write it as a string: @Controller('/notes').",
  },
  {
    code: 'ROUTE_PATH_INVALID',
    when: 'the path of a plain route is not a string',
    make: () => start({ routes: [{ method: 'GET', handler }] }),
    place: 'handler',
    fault: 'The path "undefined" cannot be parsed. It is not a string.',
    cure: PATHS,
  },
  {
    code: 'ROUTE_METHOD_INVALID',
    when: 'a plain route has a method in small letters',
    make: () => start({ routes: [{ method: 'get', path: '/', handler }] }),
    place: 'handler',
    fault: 'Sluice does not serve the method get.',
    cure: "Write 'GET', 'POST', … or 'ALL', in capital letters.",
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
    code: 'OPTION_UNKNOWN',
    when: 'a plain route has an unknown option',
    make: () => start({ routes: [{ method: 'GET', path: '/', handler, bodyLimits: 5 }] }),
    place: 'GET /',
    fault: 'There is no option "bodyLimits".',
    cure: 'Write bodyLimit instead.',
  },
  {
    code: 'ROUTE_HANDLER_MISSING',
    when: 'a plain route is null',
    make: () => start({ routes: [null] }),
    place: 'createApp, routes 0',
    fault: 'null is not a route.',
    cure: "Write { method: 'GET', path: '/', handler: (context) => … }.",
  },
  {
    code: 'ROUTE_READER_FAILED',
    when: 'readPlan of a route throws',
    make: () => start({ routes: [{ method: 'GET', path: '/plan', name: 'document', handler, readPlan }] }),
    place: 'document',
    fault: 'readPlan threw: no title',
    cure: 'Correct readPlan. A mistake that it finds is a ConfigurationError.',
  },
  {
    code: 'PARAM_NOT_IN_PATH',
    when: '@Param and the path have different names',
    make: () => start({ controllers: [ParamsController] }),
    place: 'ParamsController.show, parameter 0',
    fault: "The path /params/:id has no :name for @Param('name'), only :id.",
    cure: 'Add :name to the path, or change the name in @Param.',
  },
  {
    code: 'PARAM_NOT_IN_PATH',
    when: '@Param is on a path without parameters',
    make: () => start({ controllers: [ParamsController] }),
    place: 'ParamsController.list, parameter 0',
    fault: "The path /params has no :id for @Param('id').",
    cure: 'Add :id to the path, or change the name in @Param.',
  },
  {
    code: 'BODY_LIMIT_INVALID',
    when: '@BodyLimit is not a whole number',
    make: () => start({ controllers: [LimitsController] }),
    place: 'LimitsController.create',
    fault: 'The body limit 1.5 is not a whole number of bytes, 0 or more.',
    cure: 'Write bodyLimit: 1_048_576, or @BodyLimit(1_048_576) in a class, for 1 MiB.',
  },
  {
    code: 'CONTROLLER_UNDECORATED',
    when: 'a class without @Controller is listed',
    make: () => start({ controllers: [PlainClass] }),
    place: 'PlainClass',
    fault: 'The class is listed as a controller but has no @Controller of its own.',
    cure: "Write @Controller('/prefix') before it, or remove it from the list.",
  },
  {
    code: 'CONTROLLER_UNDECORATED',
    when: 'a value that is not a class is listed',
    make: () => start({ controllers: [{}] }),
    place: 'createApp, controllers 0',
    fault: 'A value of type object is listed as a controller, but is not a class.',
    cure: "List classes with @Controller(), parentheses included, and what controller('/path', …) returns.",
  },
  {
    code: 'CONTROLLER_UNDECORATED',
    when: 'a controller is undefined',
    make: () => start({ controllers: [GoodController, undefined] }),
    place: 'createApp, controllers 1',
    fault: 'undefined is listed as a controller, but is not a class.',
    cure: "List classes with @Controller(), parentheses included, and what controller('/path', …) returns. If you import it, two files import each other: move what both need into a third.",
  },
  {
    code: 'ROUTE_HANDLER_MISSING',
    when: 'a plain route is undefined',
    make: () => start({ routes: [undefined] }),
    place: 'createApp, routes 0',
    fault: 'undefined is not a route.',
    cure: "Write { method: 'GET', path: '/', handler: (context) => … }. If you import it, two files import each other: move what both need into a third.",
  },
  {
    code: 'ROUTE_HANDLER_MISSING',
    when: 'the handler of a plain route is one of Express',
    make: () =>
      start({
        routes: [{ method: 'GET', path: '/', handler: (_request: unknown, _response: unknown) => 1 }],
      }),
    place: 'GET /',
    fault: 'The handler takes 2 parameters, but is called with one: the context.',
    cure: 'Write handler: (context) => …, and return the reply.',
  },
  {
    code: 'CONTROLLER_EMPTY',
    when: 'a controller has no routes',
    make: () => start({ controllers: [EmptyController] }),
    place: 'EmptyController',
    fault: 'The controller has no routes.',
    cure: 'Add @Get() or another route decorator to one of its methods, or remove it from the list.',
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
    when: 'a method has decorators but no route',
    make: () => start({ controllers: [ForgotController] }),
    place: 'ForgotController.show',
    fault: 'The method has decorators but no route, so nothing calls it.',
    cure: 'Add @Get() or another route decorator to it, or remove its decorators.',
  },
  {
    code: 'ERROR_HANDLER_INVALID',
    when: '@Catch is for undefined',
    make: () => start({ controllers: [CatchesController] }),
    place: 'CatchesController',
    fault: 'The error handler is for undefined instead of an error class or a status.',
    cure: FILTER,
  },
  {
    code: 'ERROR_HANDLER_INVALID',
    when: 'an error handler of the application is for a string',
    make: () => start({ errorHandlers: [{ error: 'TypeError', handle: () => 1 }] }),
    place: 'createApp, errorHandlers 0',
    fault: 'The error handler is for a value that is neither an error class nor a status.',
    cure: FILTER,
  },
  {
    code: 'ERROR_HANDLER_INVALID',
    when: 'a class without @Catch is listed as an error handler',
    make: () => start({ errorHandlers: [{ error: Error, handle: () => 1 }, GoodController] }),
    place: 'createApp, errorHandlers 1',
    fault: 'It is neither { error, handle } nor a class with a method that has @Catch.',
    cure: 'Write { error: ErrorClass, handle: (error, context) => … }.',
  },
  {
    code: 'ERROR_HANDLER_INVALID',
    when: 'an error handler is undefined',
    make: () => start({ errorHandlers: [undefined] }),
    place: 'createApp, errorHandlers 0',
    fault: 'It is neither { error, handle } nor a class with a method that has @Catch.',
    cure: 'Write { error: ErrorClass, handle: (error, context) => … }. If you import it, two files import each other: move what both need into a third.',
  },
];
