import { makeWriteJson } from '../http/reply/write-json';
import type { AppParts } from './app-parts';
import { collectParts } from './collect-parts';
import { readPlan } from './read-plan';
import type { AppState } from '../http/app-state';
import { isDevelopment } from './is-development';
import { compileProxyTrust } from '../http/proxy/forwarded-client';
import { Problems } from '../configuration/problems';
import { buildPlan, DEFAULT_BODY_LIMIT } from '../plan/build-plan';
import type { InstanceSource } from '../container/container';
import { giveHomes } from '../plan/give-homes';
import { isParameterOverride, readOverrides, type ParameterOverride } from '../plan/override';
import type { Plan } from '../plan/plan';
import { compilePlan } from '../pipeline/compile-plan';
import { addsHeaderBytes, checkHeaderBytes } from '../plan/check/check-header-bytes';
import { findHeadLimit } from '../engine/make-engine';
import type { EngineTable } from '../engine/engine';
import { RequestTrace } from '../engine/request-trace';

/** An application, ready for an engine. */
export interface CompiledApp {
  readonly plan: Plan;
  readonly table: EngineTable;
  /** The warnings of the routes that read the plan. */
  readonly notices: readonly string[];
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
  const { routes, mounts, middleware, catches, work } = collectParts(parts, problems, needs, isComplete);
  const { bodyLimit = DEFAULT_BODY_LIMIT, validation, formatError, json, basePath } = settings;
  const overrides = readOverrides(listParameterOverrides(parts));
  const input = {
    routes,
    mounts,
    work,
    middleware,
    catches,
    state,
    bodyLimit,
    formatError,
    basePath,
    validation,
    overrides,
    needs,
  };
  const planned = buildPlan(input, problems);
  checkHeads(planned.plan, settings.maxHeaderBytes, problems);
  problems.throwIfAny();
  const notices = readPlan(planned, parts, problems);
  problems.throwIfAny();
  const development = isDevelopment(settings);
  giveHomes(planned, { ...parts, development }, new Map(listContainers(parts)), basePath);
  const { plan } = planned;
  const proxyTrust = compileProxyTrust(settings.trustProxy, settings.proxyHeaders);
  const writeJson = makeWriteJson(json, development);
  const compiled = compilePlan(plan, { development, logger, formatError, writeJson, proxyTrust, overrides });
  const trace = new RequestTrace(settings.traceRejections ?? (development ? true : undefined));
  const { cleanUps, background } = parts;
  return { plan, table: { ...compiled, logger, trace, cleanUps, background }, notices };
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
