import type { EngineName } from '../engine/make-engine';
import type { BackgroundOptions } from '../engine/background-queue';
import type { ErrorHandler, FormatError } from '../http/error-handler';
import type { JsonOptions } from '../http/reply/write-json';
import type { Logger } from '../http/logger';
import type { ProxyHeaders } from '../http/proxy/forwarded-claims';
import type { MiddlewareLike } from '../http/middleware';
import type { TrustProxy } from '../http/proxy/trusted-proxies';
import type { Class } from '../http/class';
import type { Versioning } from '../routing/versioning';
import type { Container, Provider } from '../container/container';
import type { PrefixGiven } from '../plan/add-prefix';
import type { PlainController } from '../metadata/plain/plain-controller';
import type { ParameterOverride } from '../plan/override';
import type { Service } from '../plan/work/service';
import type { PlainRoute } from '../plan/read/plain/read-plain-route';
import type { ValidationOptions } from '../validation/validation-target';

/** The options of an application, except for the functions that get the application itself. */
export interface AppSettings {
  /** Classes with `@Controller`, and what `controller` returns. */
  readonly controllers?: readonly (Class | PlainController)[];
  /** Routes without a class. */
  readonly routes?: readonly PlainRoute[];
  /**
   * Precedes the path of every route, also in mounted applications: `/api`, or `{ path: '/api', except: ['/health'] }`
   * for every route but some. With versions in the path, it may have their place: `/api/{version}/shop`. Default: nothing.
   */
  readonly prefix?: PrefixGiven;
  /**
   * The part of the path that a proxy removes before it passes the request on. It precedes every URL that `urlFor` and
   * `redirectTo` make. If the proxy keeps it, use `prefix` instead. Default: nothing.
   */
  readonly basePath?: string;
  /** How requests name the version of a route that they want. Default: they cannot, and no route may have a version. */
  readonly versioning?: Versioning;
  /**
   * Names of middleware, or words that one provides (`session`, `user`, `authorization`), that the application in which
   * this one is mounted must have. Until then, routes that need them are accepted. Alone, the application does not run.
   */
  readonly needs?: readonly string[];
  /** Runs around every route and the fallback, first = outermost. */
  readonly middleware?: readonly MiddlewareLike[];
  /** The values behind the tokens of the container; a later one replaces an earlier one. See docs/dependencies.md. */
  readonly providers?: readonly Provider[];
  /** The work that the application does besides answering requests: a schedule, the jobs of a queue. They start in this order. */
  readonly services?: readonly Service[];
  /** For tests: replaces the values of tokens, classes and parameter decorators. See `override`. */
  readonly overrides?: readonly (Provider | ParameterOverride)[];
  /**
   * Another container than the built-in one. It has providers of its own, so it excludes `providers`. With
   * `outer.container` the application uses that of another one, in which it has to be mounted.
   */
  readonly container?: Container;
  /** For errors that no controller handles: records, or classes whose methods have `@Catch`. */
  readonly errorHandlers?: readonly (ErrorHandler | Class)[];
  /** Replaces the shape of error bodies; if it returns undefined, the default applies. */
  readonly formatError?: FormatError;
  /** How replies write what JSON does not have: BigInt, Decimal, Map. Default: as JSON.stringify does. See docs/replies.md. */
  readonly json?: JsonOptions;
  /** How body classes are checked if `@Body` does not say; default `{ unknownKeys: 'refuse' }`. */
  readonly validation?: Pick<ValidationOptions, 'unknownKeys'>;
  /**
   * The proxies whose `proxyHeaders` are believed: a number of them next to the application, or those with the listed
   * addresses and ranges (`10.0.0.0/8`, `loopback`, `private`, `unix`). Default: none.
   */
  readonly trustProxy?: TrustProxy;
  /**
   * The headers in which trusted proxies name the client; the other kind is never read. `forwarded` is `Forwarded`
   * (RFC 7239). Default: `x-forwarded`, which is X-Forwarded-For, -Proto and -Host.
   */
  readonly proxyHeaders?: ProxyHeaders;
  /** Bytes; default 1 MiB. */
  readonly bodyLimit?: number;
  /**
   * The most bytes of a request line and headers together: 1024 to 1048576. On µWebSockets it holds for the whole
   * process, and the environment variable UWS_HTTP_MAX_HEADERS_SIZE wins over it. Default 16384. See docs/engine.md.
   */
  readonly maxHeaderBytes?: number;
  /**
   * Milliseconds that the clean-ups of a request wait for the end of a stream that was stopped, so that its source does
   * not use what they release; default 30000. When the application closes they wait until its deadline at most.
   */
  readonly streamStopTimeoutMs?: number;
  /**
   * How many background tasks the application may have: `concurrency` run at once (default 1000), and `maxQueued` more
   * wait (default 10000). A request that adds one more is answered 503.
   */
  readonly background?: BackgroundOptions;
  /** Default `console`. */
  readonly logger?: Logger;
  /** Shows internal errors in full and watches middleware. Default: `NODE_ENV` is not `production`. */
  readonly development?: boolean;
  /**
   * Names the route and the request in the log entry of an unhandled rejection. This makes every promise of the process
   * slower (docs/lifecycle.md). Default: always in development, in production after the first unhandled rejection.
   * Requests with `inject` are not traced.
   */
  readonly traceRejections?: boolean;
  /**
   * `uws` is µWebSockets, the fastest; `node` is the HTTP server of Node, the strictest, which runs wherever Node runs.
   * Default `auto`: the one that SLUICE_ENGINE names, else µWebSockets where a build of it loads. See docs/engine.md.
   */
  readonly engine?: EngineName | 'auto';
  /** Leaves out the engine's `uWebSockets` response header, for the whole process; default false. See docs/engine.md. */
  readonly hideEngineHeader?: boolean;
}
