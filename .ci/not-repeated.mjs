// Tests whose subject is the same in several jobs of npm test: the first job runs them all.

/** Chromium does not know which Node answers it. */
export const BROWSER = 'e2e/browser/';
/** The commands of this repository, and the packages as npm packs them. */
export const COMMANDS = 'e2e/(repository|installed)/|e2e/cli/(?!dev|routes)';
/** The command sluice has no engine. How it loads TypeScript depends on the version of Node. */
export const CLI = 'e2e/cli/';
/** npm start in a checkout in which nothing is installed; the job of Node 24 runs it. */
export const FIRST_START = 'e2e/first-start/';
/** They look for new values in every run. */
export const PROPERTIES = String.raw`\.property\.test`;
/** They ask for µWebSockets, whatever the environment says. */
export const UWS = '/uws/';
/** They write files or documents, or send requests for which the engine makes no difference. */
export const WITHOUT_ENGINE =
  'e2e/(openapi|postgres|schemathesis)/|e2e/cli/(completion|create-install|new|upgrade)|packages/create-sluice/';
/**
 * Databases, queues, schedules, and pages in a browser that neither stream nor upload: the engine makes no difference to
 * them, the version of Node may. e2e/conformance compares the headers that a browser gets, and e2e/programs starts each
 * sample, on every engine.
 */
export const BESIDE_ENGINE = [
  'e2e/(redis|sessions)/',
  'e2e/browser/(charts|cross-origin|csrf|docs-page|error-page|reference-page|sample-pages|security-headers)',
  'e2e/browser/(session-cookie|sign-in)',
  'e2e/documents/(dev-script|testing-with-jest)',
  'samples/(06|09|11)',
  'packages/(config|queue|scheduler|session-sql)/',
  'metrics-listener',
].join('|');
/** Data in, data out, sources, or types that the compiler checks: nothing in them depends on the version of Node. */
export const PURE = [
  'packages/core/test/(configuration|container|metadata|plan|routing|types)/',
  String.raw`packages/core/test/[a-z-]+\.test`,
  'packages/(cli|openapi)/',
  String.raw`/types\.test`,
].join('|');
/** They send requests to the engine in memory, and listen on no socket: the version of Node may make a difference to them. */
export const IN_MEMORY = [
  'packages/core/test/(form|http|pipeline|validation|workers)/',
  'packages/(auth|cache-control|compression|cors|https-redirect|openapi-scalar|redis|secure-defaults)/',
  'packages/(session-redis|swagger-ui|trusted-host)/',
  'packages/session/test/(?!uws/)',
  'packages/(health|ip-filter|metrics|rate-limit|static|tracing|under-pressure)/test/(?!metrics-listener|sockets)',
  'packages/response-cache/test/(?!immutable|sockets)',
].join('|');
/** The engines, each made by its name, and their parts. */
export const ENGINE_ROOM = 'packages/core/test/engine/';
/** They run on both engines, each by its name. */
export const BOTH_ENGINES = [
  'e2e/(soak|tls)/',
  'e2e/life/closing-keep-alive',
  'e2e/wire/(listen-limits|proxy-protocol|unix-socket)',
  'e2e/workers/(rolling-restart|secured-workers)',
  'packages/(health|ip-filter|metrics|rate-limit|response-cache|tracing|under-pressure)/test/sockets',
].join('|');
/** Other programs, documents and long loads: the version of Node makes no difference to them. */
export const SAME_ON_EVERY_NODE = [
  WITHOUT_ENGINE,
  PURE,
  'e2e/(deployment|documents|endurance|programs|proxies|redis|soak)/',
  'samples/(06|08|09|10|11)',
  'metrics-listener',
  'uws/endurance-fixes',
].join('|');
