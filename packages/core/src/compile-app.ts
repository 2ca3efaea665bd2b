import type { AppOptions } from './app-options';
import type { AppState } from './http/app-state';
import type { Closing } from './http/closing';
import { compileProxyTrust } from './http/forwarded-client';
import { ConfigurationError, type ConfigurationProblem } from './http/configuration-error';
import type { Logger } from './http/logger';
import type { MiddlewareLike } from './http/middleware';
import { buildPlan, DEFAULT_BODY_LIMIT, type ResolvedRoute } from './plan/build-plan';
import { collectCatches, collectMiddleware, collectRoutes } from './plan/collect';
import type { InstanceSource } from './plan/container';
import { giveHomes } from './plan/give-homes';
import { enterMount } from './plan/enter-mount';
import { isParameterOverride, readOverrides, type ParameterOverride } from './plan/override';
import type { Plan } from './plan/plan';
import { compilePlan } from './pipeline/compile-plan';
import type { EngineTable } from './engine/engine';
import { RequestTrace } from './engine/request-trace';

/** All that an application is compiled from. */
export interface AppParts {
  readonly options: AppOptions;
  readonly source: InstanceSource;
  /** What was wrong before anything was compiled. */
  readonly earlierProblems: readonly ConfigurationProblem[];
  /** Of the options and of `use`. */
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

/** Collects, plans and compiles an application with all that is mounted in it. Throws ConfigurationError. */
export function compileApp(parts: AppParts): CompiledApp {
  const { options, logger, closing, state } = parts;
  const problems: ConfigurationProblem[] = [];
  const { routes, states, middleware, catches } = collectParts(parts, problems);
  const { bodyLimit = DEFAULT_BODY_LIMIT, validation, formatError, basePath } = options;
  const overrides = readOverrides(listParameterOverrides(parts));
  const plan = buildPlan({ routes, middleware, catches, bodyLimit, validation, overrides }, problems);
  if (problems.length > 0) throw new ConfigurationError(problems);
  giveHomes(plan, { closing, basePath, state, states });
  const development = options.development ?? process.env['NODE_ENV'] !== 'production';
  const proxyTrust = compileProxyTrust(options.trustProxy, options.proxyHeaders);
  const compiled = compilePlan(plan, { development, logger, formatError, proxyTrust, overrides });
  const trace = new RequestTrace(options.traceRejections ?? (development ? true : undefined));
  return { plan, table: { ...compiled, logger, trace } };
}

/** Those of the outer application count. */
function listParameterOverrides({ options, mounts }: AppParts): ParameterOverride[] {
  const inner = mounts.flatMap(({ parts }) => listParameterOverrides(parts));
  return [...inner, ...(options.overrides ?? []).filter(isParameterOverride)];
}

function collectParts(parts: AppParts, problems: ConfigurationProblem[]) {
  const { options, source, earlierProblems, state } = parts;
  const { controllers = [], routes = [], errorHandlers = [], prefix = '' } = options;
  const listed = { controllers, routes, errorHandlers };
  problems.push(...earlierProblems);
  const collected: ResolvedRoute[] = collectRoutes(listed, source, problems);
  const states = collected.map(() => state);
  const middleware = collectMiddleware(parts.middleware, source, problems);
  const catches = collectCatches(listed, source, problems);
  for (const mount of parts.mounts) {
    const inner = collectParts(mount.parts, problems);
    collected.push(
      ...inner.routes.map((route) => enterMount(route, { ...mount.parts.options, ...inner }, mount.path)),
    );
    states.push(...inner.states);
  }
  const prefixed = collected.map((route) => ({ ...route, prefix: joinPrefix(prefix, route.prefix) }));
  return { routes: prefix === '' ? collected : prefixed, states, middleware, catches };
}

function joinPrefix(outer: string, inner: string): string {
  return `${outer.replace(/\/+$/, '')}/${inner.replace(/^\//, '')}`;
}
