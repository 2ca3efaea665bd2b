import type { ErrorHandler, FormatError } from '../http/error-handler';
import type { Logger } from '../http/logger';
import type { ProxyHeaders } from '../http/proxy/forwarded-claims';
import type { MiddlewareLike } from '../http/middleware';
import type { TrustProxy } from '../http/proxy/trusted-proxies';
import type { Class } from '../http/class';
import type { Versioning } from '../routing/versioning';
import type { Container, Provider } from '../container/container';
import type { ParameterOverride } from '../plan/override';
import type { PlainRoute } from '../plan/route-definition';
import type { App } from './app';
import type { ValidationOptions } from '../validation/validation-target';

/** What an application is made of. */
export interface AppOptions {
  /** Classes with `@Controller`. */
  readonly controllers?: readonly Class[];
  /** Routes without a class. */
  readonly routes?: readonly PlainRoute[];
  /** Stands before the path of every route, of mounted applications too: `/api`. Default: nothing. */
  readonly prefix?: string;
  /**
   * What a proxy takes off the path before it gets here: it stands before every URL that `urlFor` and `redirectTo`
   * make. Where the proxy leaves it, use `prefix`. Default: nothing.
   */
  readonly basePath?: string;
  /** Where requests say which version of a route they want. Default: nowhere, and no route may have a version. */
  readonly versioning?: Versioning;
  /** Round every route and the fallback, first = outermost. */
  readonly middleware?: readonly MiddlewareLike[];
  /** What the container gives for tokens; a later one replaces an earlier one. See docs/dependencies.md. */
  readonly providers?: readonly Provider[];
  /** For tests: stands in the place of what a token, class or parameter decorator would give. See `override`. */
  readonly overrides?: readonly (Provider | ParameterOverride)[];
  /** Another container than the built-in one, instead of `providers`: it provides by its own means. */
  readonly container?: Container;
  /** Runs when everything with `@OnStart` has started, before the application listens and before the first `inject`. */
  readonly onStart?: (app: App) => unknown;
  /** Runs when the application closes, after the last request and before everything with `@OnStop` stops. */
  readonly onStop?: (app: App) => unknown;
  /** For errors that no controller handles: records, or classes whose methods have `@Catch`. */
  readonly errorHandlers?: readonly (ErrorHandler | Class)[];
  /** Replaces the shape of error bodies; returning undefined leaves it to the default. */
  readonly formatError?: FormatError;
  /** How body classes are checked where `@Body` does not say; default `{ unknownKeys: 'refuse' }`. */
  readonly validation?: Pick<ValidationOptions, 'unknownKeys'>;
  /**
   * Whose word on the client (`proxyHeaders`) is believed: so many proxies next to the application, or those with the
   * listed addresses and ranges (`10.0.0.0/8`, `loopback`, `private`, `unix`). Default: nobody's.
   */
  readonly trustProxy?: TrustProxy;
  /**
   * The headers in which the trusted proxies say for whom they ask; the other kind is never read. `forwarded` is
   * `Forwarded` (RFC 7239). Default: `x-forwarded`, which is X-Forwarded-For, -Proto and -Host.
   */
  readonly proxyHeaders?: ProxyHeaders;
  /** Bytes; default 1 MiB. */
  readonly bodyLimit?: number;
  /** Default `console`. */
  readonly logger?: Logger;
  /** Tells mistakes in full and watches middleware. Default: `NODE_ENV` is not `production`. */
  readonly development?: boolean;
  /**
   * Names route and request in the log of a promise that was rejected and that nobody waited for, which costs every
   * promise of the process (docs/lifecycle.md). Default: in development always, in production from the first such
   * promise on. Promises of `inject` are not held.
   */
  readonly traceRejections?: boolean;
  /** Leaves out the engine's `uWebSockets` response header, for the whole process; default false. See docs/engine.md. */
  readonly hideEngineHeader?: boolean;
}
