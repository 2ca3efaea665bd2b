/**
 * Every code a start-up error can carry, with the one-line meaning that docs/errors.md documents.
 * Codes are public: they are added, never renamed.
 */
export const CONFIGURATION_CODES = {
  ROUTE_DUPLICATE: 'Two routes answer the same method and path.',
  ROUTE_PATH_INVALID: 'A path or prefix can not be parsed.',
  ROUTE_HOST_INVALID: 'A host that a route is to answer can not be parsed.',
  ROUTE_VERSION_INVALID: 'The version of a route can not be one.',
  VERSIONING_MISSING: 'A route has a version, and the application does not say where requests name it.',
  ROUTE_METHOD_INVALID: 'A plain route names a method that Sluice does not serve.',
  ROUTE_HANDLER_MISSING: 'A plain route has no handler function.',
  PARAM_NOT_IN_PATH: '`@Param` names something that the path does not have.',
  PARAM_NOT_IN_HOST: '`@HostParam` names something that the host of the route does not have.',
  PARAMETER_UNDECORATED: 'A handler parameter has no decorator that says where its value comes from.',
  PARAMETER_TWICE: 'One handler parameter has two decorators.',
  PARAMETER_TYPE_UNKNOWN: 'The type of a parameter is undefined, or one that nothing can be made into.',
  BODY_ON_GET: '`@Body` on a route whose method has no body.',
  BODY_TWICE: 'A handler asks for the body in two ways that contradict each other.',
  BODY_LIMIT_INVALID: '`@BodyLimit` is not a whole number of bytes.',
  DTO_WITHOUT_RULES: 'A body class has no validation rule at all.',
  STATUS_INVALID: '`@Status` is no status that a response can have.',
  HEADER_INVALID: '`@SetHeader` names or holds something that no header can carry.',
  RETURNS_INVALID: '`@Returns` has a type that says nothing, or names fields that it does not have.',
  SSE_INVALID: '`@Sse` stands on a route that is no GET, or has options that can not be.',
  DTO_NESTED_UNTYPED: '`@ValidateNested` stands on a property that has no `@Type`.',
  CONTROLLER_UNDECORATED: 'A class is listed as controller and has no `@Controller`.',
  CONTROLLER_EMPTY: 'A controller has no route.',
  CONTROLLER_TWICE: 'A controller is listed twice.',
  DECORATOR_MISPLACED: 'A decorator is in a place where it has no effect.',
  MIDDLEWARE_INVALID: 'Something that is no middleware stands where a middleware is expected.',
  MIDDLEWARE_MISSING:
    'A parameter, a mark or a middleware needs a middleware that does not run on its route.',
  MIDDLEWARE_ORDER: 'A middleware stands inside another one in which it can do nothing.',
  ERROR_HANDLER_INVALID: 'Something that is no error handler stands where one is expected.',
  OPTION_UNKNOWN: 'An option has a name that is not known.',
  OPTION_MISSING: 'A required option is missing.',
  OPTION_INVALID: 'An option has a value that can not be used.',
  METADATA_MISSING: 'The compiler emitted no decorator metadata where it is needed.',
  DEPENDENCY_UNRESOLVED: 'A dependency cannot be resolved.',
  DEPENDENCY_CYCLE: 'Dependencies form a cycle.',
  DEPENDENCY_FAILED: 'A constructor, a factory or the container threw.',
  DEPENDENCY_SCOPE:
    'Something lives longer than what it depends on, or has lifecycle methods that its scope does not run.',
  PROVIDER_INVALID: 'A provider cannot be used.',
  APP_STARTED: 'The application was changed after `listen`.',
  START_FAILED: 'Something failed in `@OnStart`, or in `onStart`.',
  APP_CLOSED: 'The application was used after `close`.',
  MOUNT_INVALID: 'Something can not be mounted, or is mounted and was to listen by itself.',
  PORT_IN_USE: 'Another process listens on the port.',
  LISTEN_FAILED: 'The operating system refused to listen.',
  LIBRARY_UNFIT: 'An installed library is not of the version that Sluice can read.',
  ENGINE_MISSING: 'No µWebSockets build loads on this machine.',
} as const;

/** A code of the list above. */
export type ConfigurationCode = keyof typeof CONFIGURATION_CODES;
