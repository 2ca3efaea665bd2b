import type { Run } from '../http/compiled-route';
import type { Context } from '../http/context';
import { methodNotAllowed, notFound, notImplemented } from '../http/status/http-error';
import { isRecognisedMethod, ROUTE_METHODS } from '../routing/http-method';
import type { PathTable } from '../routing/path-table';
import { REFUSAL } from '../http/engine-keys';
import { noContent } from '../http/reply/replies';
import type { RoutePlan } from '../plan/plan';
import { afterwards } from './afterwards';
import { compileAround } from './compile-route';
import { findAsked } from './choice/choose-options';
import type { EndpointGroup } from './choice/group-endpoints';
import { pickRoute } from './choice/pick-route';
import { mergeRouteOptions, type PipelineOptions } from './pipeline-options';

/**
 * Compiles the answers to requests that match no route: 404, 405 and 501, plain OPTIONS, and requests that the engine
 * refuses. They run inside the middleware of the application. A CORS preflight runs inside the middleware of the route
 * that it asks about.
 */
export class FallbackCompiler {
  private readonly preflights = new Map<RoutePlan, Run>();
  private readonly hasVersions: boolean;

  constructor(
    groups: readonly EndpointGroup[],
    private readonly endpoints: PathTable<EndpointGroup>,
    private readonly options: PipelineOptions,
  ) {
    this.hasVersions = groups.some((group) => group.isChoice && group.versionHeaders.length > 0);
  }

  /** Compiles the fallback of one application. */
  compile(fallback: RoutePlan): Run {
    const rest = this.compileAround(fallback);
    const run: Run = (context) => (this.findPreflight(context) ?? rest)(context);
    return this.hasVersions ? (context) => afterwards(run(context), () => this.addVary(context)) : run;
  }

  private findPreflight(context: Context): Run | undefined {
    if (context.get(REFUSAL) !== undefined) return undefined;
    const asked = findAsked(this.endpoints, context.request);
    return asked && this.compilePreflight(asked);
  }

  /** Compiled at the first preflight: most routes never see one, and compiling each twice would double the start-up. */
  private compilePreflight(plan: RoutePlan): Run {
    const known = this.preflights.get(plan);
    if (known !== undefined) return known;
    const run = this.compileAround(plan);
    this.preflights.set(plan, run);
    return run;
  }

  private compileAround(plan: RoutePlan): Run {
    const answer = (context: Context) => this.answer(context);
    return compileAround(plan.steps, plan.catches, mergeRouteOptions(plan, this.options), answer);
  }

  private answer(context: Context): unknown {
    const { request } = context;
    const refusal = context.get(REFUSAL);
    if (refusal !== undefined) return refusal;
    if (!isRecognisedMethod(request.method)) return notImplemented('The server does not know this method.');
    // The server as a whole (RFC 9110 §9.3.7).
    if (request.path === '*') return noContent({ headers: { Allow: ROUTE_METHODS.join(', ') } });
    const allowed = this.endpoints.findAllowed(request.path, (group) => pickRoute(group, request));
    if (allowed.length === 0)
      return notFound(
        this.listVersionHeaders(context).length > 0
          ? 'No route matches this path in the requested version.'
          : 'No route matches this path.',
      );
    if (request.method === 'OPTIONS') return noContent({ headers: { Allow: allowed.join(', ') } });
    return methodNotAllowed(allowed, { detail: 'This path does not support the method; see Allow.' });
  }

  private addVary(context: Context): void {
    const headers = this.listVersionHeaders(context);
    if (headers.length > 0) context.response.headers.vary(headers.join(', '));
  }

  /** The headers that decide about the version of any route that the path might match, whatever the method. */
  private listVersionHeaders({ request: { path } }: Context): string[] {
    if (!this.hasVersions) return [];
    const headers = new Set<string>();
    for (const method of ROUTE_METHODS)
      this.endpoints.pick(method, path, (group) => {
        if (group.isChoice) for (const header of group.versionHeaders) headers.add(header);
        return undefined;
      });
    return [...headers];
  }
}
