/**
 * Every code of a start-up problem, with the meaning that docs/errors.md repeats.
 * Codes are public: they are added, never renamed.
 */
export const CONFIGURATION_CODES = {
  ROUTE_DUPLICATE: 'Two routes answer the same requests.',
  ROUTE_PATH_INVALID: 'A path or prefix cannot be parsed.',
  ROUTE_HOST_INVALID: 'The host of a route cannot be parsed.',
  ROUTE_VERSION_INVALID: 'The version of a route is not valid.',
  VERSIONING_MISSING: 'A route has a version, but the application has no `versioning`.',
  ROUTE_METHOD_INVALID: 'A plain route has a method that Sluice does not serve.',
  ROUTE_HANDLER_MISSING: 'A plain route has no function that takes the context as its handler.',
  PARAM_NOT_IN_PATH: '`@Param` names a parameter that the path does not have.',
  PARAM_NOT_IN_HOST: '`@HostParam` names a parameter that the host of the route does not have.',
  PARAMETER_UNDECORATED: 'A handler parameter has no decorator that says where its value comes from.',
  PARAMETER_TWICE: 'A handler parameter has two decorators.',
  PARAMETER_TYPE_UNKNOWN: 'The type of a parameter is undefined, or its value cannot become that type.',
  PARAMETER_TYPE_LOST: 'The compiler lost the type of a value, so nothing would convert or check it.',
  PARAMETER_TYPE_CONFLICT: 'The type in a decorator contradicts the declared type.',
  BODY_ON_GET: 'A route takes a body, but its method has none.',
  BODY_TWICE: 'A handler takes the body in two ways that contradict each other.',
  BODY_LIMIT_INVALID: 'A body limit is not a whole number of bytes.',
  DTO_WITHOUT_RULES: 'A class that should check input has no validation rules.',
  STATUS_INVALID: '`@Status` has a value that is not the status of a response.',
  HEADER_INVALID: '`@SetHeader` has a name or a value that a header cannot have.',
  RETURNS_INVALID:
    '`@Returns` has a type that does not describe a reply, or names a field that the type does not have.',
  SSE_INVALID: '`@Sse` is on a route that does not answer GET, or has invalid options.',
  DTO_NESTED_UNTYPED: 'A property has `@ValidateNested` but no `@Type`.',
  DTO_INSTANCE_UNTYPED: 'A property of a JSON body has a rule for instances of a class but no `@Type`.',
  DTO_NESTED_UNCHECKED: 'A property has `@Type` with a class but no `@ValidateNested`.',
  CONTROLLER_UNDECORATED: 'A class without `@Controller` is listed as a controller.',
  CONTROLLER_EMPTY: 'A controller has no routes.',
  CONTROLLER_TWICE: 'A controller is listed twice.',
  DECORATOR_MISPLACED: 'A decorator is in a place where it has no effect.',
  MIDDLEWARE_INVALID: 'A value that is not a middleware is given as one.',
  MIDDLEWARE_MISSING:
    'A parameter, a mark or a middleware needs a middleware that does not run on its route.',
  MIDDLEWARE_ORDER: 'A middleware runs inside another one that takes away its effect.',
  MIDDLEWARE_CONFLICT: 'A middleware contradicts another one, or the route that it is on.',
  SKIP_INVALID: 'A middleware is left out that does not run there, or that must not be left out.',
  ERROR_HANDLER_INVALID: 'A value that is not an error handler is given as one.',
  OPTION_UNKNOWN: 'There is no option of this name.',
  OPTION_MISSING: 'A required option is missing.',
  OPTION_INVALID: 'An option has an invalid value.',
  METADATA_MISSING: 'The compiler emitted no decorator metadata where it is needed.',
  DEPENDENCY_UNRESOLVED: 'A dependency cannot be resolved.',
  DEPENDENCY_CYCLE: 'Dependencies form a cycle.',
  DEPENDENCY_FAILED: 'A constructor, a factory or the container threw an error.',
  DEPENDENCY_SCOPE:
    'Something lives longer than what it depends on, or has lifecycle methods that its scope does not run.',
  PROVIDER_INVALID: 'A provider cannot be used.',
  APP_STARTED: 'The application was changed after it started.',
  START_FAILED: 'An `@OnStart` method or `onStart` failed.',
  APP_CLOSED: 'The application was used after `close`.',
  MOUNT_INVALID: 'An application cannot be mounted, or a mounted one was asked to listen.',
  STATE_PER_WORKER: 'A middleware keeps state in memory, and the program has several workers.',
  WORKERS_IMPOSSIBLE: 'The program cannot have several workers here.',
  PORT_IN_USE: 'Another process listens on the port.',
  LISTEN_FAILED: 'The operating system refused to listen.',
  LIBRARY_UNFIT: 'An installed library has a version that Sluice cannot read.',
  HEADER_LIMIT_CONFLICT: 'Applications of one process have different limits for the head of a request.',
  HEADER_LIMIT_LOW:
    'The limit for the head of a request is lower than what a middleware can make a browser send.',
  ENGINE_MISSING: 'The application asks for µWebSockets, and no build of it loads on this machine.',
} as const;

/** One of the codes above. */
export type ConfigurationCode = keyof typeof CONFIGURATION_CODES;
