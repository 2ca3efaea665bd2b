import type { AppSettings } from './app-settings';
import type { AppParts } from './app-parts';
import { checkSharedServices } from './check-shared-services';
import type { Problems } from '../configuration/problems';
import { makeAddPrefix, readPrefix } from '../plan/add-prefix';
import { checkMountNeeds, listWords } from '../plan/check/check-mount-needs';
import { collectApp, type CollectedApp } from '../plan/collect-app';
import { enterMount } from '../plan/enter-mount';
import { makeFallback } from '../plan/plan-fallback';
import type { WorkPlan } from '../plan/plan';
import type { ResolvedRoute } from '../plan/plan-input';
import { planWork } from '../plan/work/plan-work';

/** The parts of an application and of every application that is mounted in it. */
export interface CollectedParts extends CollectedApp {
  /** The fallbacks of the mounted applications. */
  readonly mounts: readonly ResolvedRoute[];
  /** The rows of the services. */
  readonly work: readonly WorkPlan[];
}

/** Collects an application and everything that is mounted in it. */
export function collectParts(
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
  const innerWork: WorkPlan[] = [];
  for (const { path, parts: mounted } of parts.mounts) {
    const provided = [...around, ...own.middleware.flatMap(listWords)];
    checkMountNeeds(mounted.settings.needs, path, provided, problems);
    const inner = collectParts(mounted, problems, provided, isComplete);
    checkHeaderLimit(settings, mounted.settings, path, problems);
    const app = { ...mounted.settings, ...inner };
    const enter = (route: ResolvedRoute): ResolvedRoute => enterMount(route, app, path);
    routes.push(...inner.routes.map(enter));
    innerWork.push(...inner.work);
    mounts.push(...[...inner.mounts, makeFallback(mounted.state)].map(enter));
  }
  const { add, check } = makeAddPrefix(prefix, state, problems);
  checkSharedServices(parts, problems);
  // Last, because a mounted application can share the container.
  const work = [...planWork(settings.services ?? [], source, problems), ...innerWork];
  const placed = { ...own, routes: routes.map(add), mounts: mounts.map(add), work };
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
