import { makeWriteJson } from '../http/reply/write-json';
import type { AppSettings } from './app-settings';
import { AppState } from '../http/app-state';
import { isDevelopment } from './is-development';
import { Closing } from '../http/closing';
import { compileProxyTrust } from '../http/proxy/forwarded-client';
import type { ConfigurationProblem } from '../configuration/configuration-error';
import { Problems } from '../configuration/problems';
import { guardLogger, type Logger } from '../http/logger';
import type { MiddlewareLike } from '../http/middleware';
import { makeAddPrefix, readPrefix } from '../plan/add-prefix';
import { buildPlan, DEFAULT_BODY_LIMIT } from '../plan/build-plan';
import { collectApp, type CollectedApp } from '../plan/collect-app';
import type { InstanceSource } from '../container/container';
import { checkMountNeeds, listWords } from '../plan/check/check-mount-needs';
import { giveHomes } from '../plan/give-homes';
import { enterMount } from '../plan/enter-mount';
import { makeFallback } from '../plan/plan-fallback';
import { isParameterOverride, readOverrides, type ParameterOverride } from '../plan/override';
import type { Plan } from '../plan/plan';
import { compilePlan } from '../pipeline/compile-plan';
import { BackgroundQueue } from '../engine/background-queue';
import { addsHeaderBytes, checkHeaderBytes } from '../plan/check/check-header-bytes';
import { findHeadLimit } from '../engine/make-engine';
import { CleanUps } from '../engine/clean-ups';
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
  readonly cleanUps: CleanUps;
  readonly background: BackgroundQueue;
  readonly logger: Logger;
  /** The notices that have been logged, and the plan that they were looked for in. */
  readonly noticed: { plan: Plan | undefined; readonly texts: Set<string> };
}

/** Makes the parts of an application from its options, before anything is used or mounted. */
export function makeParts(
  settings: AppSettings,
  source: InstanceSource,
  earlierProblems: readonly ConfigurationProblem[],
): AppParts {
  const { middleware = [], logger: given = console, streamStopTimeoutMs = 30_000 } = settings;
  const logger = guardLogger(given);
  const background = new BackgroundQueue(settings.background);
  return {
    settings,
    source,
    earlierProblems,
    middleware: [...middleware],
    mounts: [],
    state: new AppState(),
    closing: new Closing(),
    cleanUps: new CleanUps(logger, streamStopTimeoutMs, () => background.open()),
    background,
    logger,
    noticed: { plan: undefined, texts: new Set() },
  };
}

/** An application, ready for an engine. */
export interface CompiledApp {
  readonly plan: Plan;
  readonly table: EngineTable;
}

/**
 * Collects, plans and compiles an application with everything that is mounted in it.
 *
 * @param needs the words that an outer application is going to provide
 * @param isComplete whether everything has been mounted
 * @throws ConfigurationError
 */
export function compileApp(parts: AppParts, needs: readonly string[], isComplete: boolean): CompiledApp {
  const { settings, logger, state } = parts;
  const problems = new Problems();
  const { routes, mounts, middleware, catches } = collectParts(parts, problems, needs, isComplete);
  const { bodyLimit = DEFAULT_BODY_LIMIT, validation, formatError, json, basePath } = settings;
  const overrides = readOverrides(listParameterOverrides(parts));
  const input = {
    routes,
    mounts,
    middleware,
    catches,
    state,
    bodyLimit,
    basePath,
    validation,
    overrides,
    needs,
  };
  const planned = buildPlan(input, problems);
  checkHeads(planned.plan, settings.maxHeaderBytes, problems);
  problems.throwIfAny();
  const development = isDevelopment(settings);
  giveHomes(planned, { ...parts, development }, new Map(listContainers(parts)), basePath);
  const { plan } = planned;
  const proxyTrust = compileProxyTrust(settings.trustProxy, settings.proxyHeaders);
  const writeJson = makeWriteJson(json, development);
  const compiled = compilePlan(plan, { development, logger, formatError, writeJson, proxyTrust, overrides });
  const trace = new RequestTrace(settings.traceRejections ?? (development ? true : undefined));
  const { cleanUps, background } = parts;
  return { plan, table: { ...compiled, logger, trace, cleanUps, background } };
}

/** Checks that the engine has room for the cookies that middleware sets. Asks for its limit only if there are any. */
function checkHeads(plan: Plan, maxHeaderBytes: number | undefined, problems: Problems): void {
  if (addsHeaderBytes(plan)) checkHeaderBytes(plan, findHeadLimit(maxHeaderBytes), problems);
}

/** The same with the true limit of the engine in bytes: another application may have chosen it. Throws ConfigurationError. */
export function checkLoadedLimit(plan: Plan, headLimit: number): void {
  const problems = new Problems();
  if (addsHeaderBytes(plan)) checkHeaderBytes(plan, headLimit, problems);
  problems.throwIfAny();
}

/** The container of each application, by its state. */
function listContainers({ state, source, mounts }: AppParts): [AppState, InstanceSource][] {
  return [[state, source], ...mounts.flatMap(({ parts }) => listContainers(parts))];
}

/** The overrides of the outer application come last, so they win. */
function listParameterOverrides({ settings, mounts }: AppParts): ParameterOverride[] {
  const inner = mounts.flatMap(({ parts }) => listParameterOverrides(parts));
  return [...inner, ...(settings.overrides ?? []).filter(isParameterOverride)];
}

/** The parts of an application and of every application that is mounted in it. */
interface CollectedParts extends CollectedApp {
  /** The fallbacks of the mounted applications. */
  readonly mounts: readonly ResolvedRoute[];
}

function collectParts(
  parts: AppParts,
  problems: Problems,
  around: readonly string[],
  isComplete: boolean,
): CollectedParts {
  const { settings, source, earlierProblems, middleware, state } = parts;
  const { controllers, routes: plain, errorHandlers, versioning, prefix = '' } = settings;
  problems.include(...earlierProblems);
  const listed = {
    controllers,
    routes: plain,
    middleware,
    errorHandlers,
    versioning,
    prefix: readPrefix(prefix),
    state,
  };
  const own = collectApp(listed, source, problems);
  source.endAttempt();
  const routes = [...own.routes];
  const mounts: ResolvedRoute[] = [];
  for (const { path, parts: mounted } of parts.mounts) {
    const provided = [...around, ...own.middleware.flatMap(listWords)];
    checkMountNeeds(mounted.settings.needs, path, provided, problems);
    const inner = collectParts(mounted, problems, provided, isComplete);
    checkHeaderLimit(settings, mounted.settings, path, problems);
    const app = { ...mounted.settings, ...inner };
    const enter = (route: ResolvedRoute): ResolvedRoute => enterMount(route, app, path);
    routes.push(...inner.routes.map(enter));
    mounts.push(...[...inner.mounts, makeFallback(mounted.state)].map(enter));
  }
  const { add, check } = makeAddPrefix(prefix, state, problems);
  const placed = { ...own, routes: routes.map(add), mounts: mounts.map(add) };
  if (isComplete) check();
  return placed;
}

/** The limit belongs to the engine, which only the outer application has. */
function checkHeaderLimit(outer: AppSettings, inner: AppSettings, path: string, problems: Problems): void {
  const wanted = inner.maxHeaderBytes;
  if (wanted === undefined || wanted === outer.maxHeaderBytes) return;
  problems.add(
    'HEADER_LIMIT_CONFLICT',
    `app.mount(${JSON.stringify(path)})`,
    `The mounted application has maxHeaderBytes: ${wanted}, and the outer one has ${outer.maxHeaderBytes ?? 'none'}.`,
    'Give both the same maxHeaderBytes, or leave it out of the mounted one.',
  );
}
