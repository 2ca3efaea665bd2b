import type { AppSettings } from './app-settings';
import type { AppState } from '../http/app-state';
import type { Closing } from '../http/closing';
import { compileProxyTrust } from '../http/proxy/forwarded-client';
import type { ConfigurationProblem } from '../configuration/configuration-error';
import { Problems } from '../configuration/problems';
import { joinPrefix } from '../routing/join-prefix';
import type { Logger } from '../http/logger';
import type { MiddlewareLike } from '../http/middleware';
import { buildPlan, DEFAULT_BODY_LIMIT } from '../plan/build-plan';
import { collectCatches, collectMiddleware, collectRoutes } from '../plan/collect';
import type { InstanceSource } from '../container/container';
import { giveHomes } from '../plan/give-homes';
import { enterMount } from '../plan/enter-mount';
import { FALLBACK } from '../plan/plan-fallback';
import { isParameterOverride, readOverrides, type ParameterOverride } from '../plan/override';
import type { Plan } from '../plan/plan';
import { compilePlan } from '../pipeline/compile-plan';
import type { EngineTable } from '../engine/engine';
import { RequestTrace } from '../engine/request-trace';
import type { ResolvedRoute } from '../plan/plan-input';

/** Everything that an application is compiled from. */
export interface AppParts {
  readonly settings: AppSettings;
  readonly source: InstanceSource;
  /** The problems that were found before the first compilation. */
  readonly earlierProblems: readonly ConfigurationProblem[];
  /** The middleware of the options, then those of `use`. */
  readonly middleware: MiddlewareLike[];
  readonly mounts: { readonly path: string; readonly parts: AppParts }[];
  readonly state: AppState;
  readonly closing: Closing;
  readonly logger: Logger;
}

/** An application, ready for an engine. */
export interface CompiledApp {
  readonly plan: Plan;
  readonly table: EngineTable;
}

/** Collects, plans and compiles an application with everything that is mounted in it. Throws ConfigurationError. */
export function compileApp(parts: AppParts): CompiledApp {
  const { settings, logger, closing, state } = parts;
  const problems = new Problems();
  const { routes, mounts, middleware, catches } = collectParts(parts, problems);
  const { bodyLimit = DEFAULT_BODY_LIMIT, validation, formatError, basePath } = settings;
  const overrides = readOverrides(listParameterOverrides(parts));
  const plan = buildPlan(
    {
      routes: routes.map(({ route }) => route),
      mounts: mounts.map(({ route }) => route),
      middleware,
      catches,
      bodyLimit,
      validation,
      overrides,
    },
    problems,
  );
  problems.throwIfAny();
  const states = [...[...routes, ...mounts].map((one) => one.state), state];
  giveHomes(plan, { closing, basePath, states });
  const development = settings.development ?? process.env['NODE_ENV'] !== 'production';
  const proxyTrust = compileProxyTrust(settings.trustProxy, settings.proxyHeaders);
  const compiled = compilePlan(plan, { development, logger, formatError, proxyTrust, overrides });
  const trace = new RequestTrace(settings.traceRejections ?? (development ? true : undefined));
  return { plan, table: { ...compiled, logger, trace } };
}

/** The overrides of the outer application come last, so they win. */
function listParameterOverrides({ settings, mounts }: AppParts): ParameterOverride[] {
  const inner = mounts.flatMap(({ parts }) => listParameterOverrides(parts));
  return [...inner, ...(settings.overrides ?? []).filter(isParameterOverride)];
}

/** A route with the state of the application that it belongs to. */
interface Housed {
  readonly route: ResolvedRoute;
  readonly state: AppState;
}

function collectParts(parts: AppParts, problems: Problems) {
  const { settings, source, earlierProblems, state } = parts;
  const { controllers = [], routes: plain = [], errorHandlers = [], versioning, prefix = '' } = settings;
  const listed = { controllers, routes: plain, errorHandlers, versioning };
  problems.include(...earlierProblems);
  const routes: Housed[] = collectRoutes(listed, source, problems).map((route) => ({ route, state }));
  const middleware = collectMiddleware(parts.middleware, source, problems);
  const catches = collectCatches(listed, source, problems);
  /** The fallbacks of the mounted applications. */
  const mounts: Housed[] = [];
  for (const { path, parts: mounted } of parts.mounts) {
    const inner = collectParts(mounted, problems);
    const app = { ...mounted.settings, ...inner };
    const enter = (one: Housed): Housed => ({ ...one, route: enterMount(one.route, app, path) });
    routes.push(...inner.routes.map(enter));
    mounts.push(...[...inner.mounts, { route: FALLBACK, state: mounted.state }].map(enter));
  }
  const put = (one: Housed): Housed => {
    const { route } = one;
    return prefix === '' ? one : { ...one, route: { ...route, prefix: joinPrefix(prefix, route.prefix) } };
  };
  return { routes: routes.map(put), mounts: mounts.map(put), middleware, catches };
}
