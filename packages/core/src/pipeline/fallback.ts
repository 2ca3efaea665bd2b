import type { Context } from '../http/context';
import { methodNotAllowed, notFound, notImplemented } from '../http/status/http-error';
import { isRecognisedMethod, ROUTE_METHODS } from '../routing/http-method';
import { PathTable } from '../routing/path-table';
import { REFUSAL } from '../http/engine-keys';
import { noContent } from '../http/reply/replies';
import type { RoutePlan } from '../plan/plan';
import { afterwards } from './afterwards';
import { compileAround } from './compile-route';
import type { Run } from './compose';
import type { EndpointGroup } from './choice/group-endpoints';
import { pickRoute } from './choice/pick-route';
import { settleLike, type SettleOptions } from './errors/settle';

/**
 * Answers what no route does, inside the middleware of the application whose fallback it is: 404, 405 and 501, plain
 * OPTIONS, and requests the engine refuses. A CORS preflight runs through the middleware of the route it asks about.
 */
export class FallbackCompiler {
  private readonly endpoints = new PathTable<EndpointGroup>();
  private readonly preflights = new Map<RoutePlan, Run>();
  private readonly hasVersions: boolean;

  constructor(
    groups: readonly EndpointGroup[],
    private readonly options: SettleOptions,
  ) {
    for (const group of groups) this.endpoints.add(group.method, group.pattern, group);
    this.hasVersions = groups.some((group) => group.isPicky && group.versionHeaders.length > 0);
  }

  /** The function that answers in the place of a route. */
  compile(fallback: RoutePlan): Run {
    const rest = this.compileAround(fallback);
    const run: Run = (context) => (this.findPreflight(context) ?? rest)(context);
    return this.hasVersions ? (context) => afterwards(run(context), () => this.addVary(context)) : run;
  }

  /** A preflight is OPTIONS with Origin and Access-Control-Request-Method, and nothing else (Fetch §3.3.2). */
  private findPreflight({ request }: Context): Run | undefined {
    if (request.method !== 'OPTIONS' || request.header('origin') === undefined) return undefined;
    const asked = request.header('access-control-request-method');
    if (asked === undefined) return undefined;
    const found = this.endpoints.pick(asked, request.path, (group) => pickRoute(group, request));
    return found && this.compilePreflight(found.value);
  }

  /** At its first preflight: most routes never see one, and compiling each twice would double the start-up. */
  private compilePreflight(plan: RoutePlan): Run {
    const known = this.preflights.get(plan);
    if (known !== undefined) return known;
    const run = this.compileAround(plan);
    this.preflights.set(plan, run);
    return run;
  }

  private compileAround(plan: RoutePlan): Run {
    const answer = (context: Context) => this.answer(context);
    return compileAround(plan.steps, plan.catches, settleLike(plan, this.options), answer);
  }

  private answer(context: Context): unknown {
    const { request } = context;
    const refusal = context.get(REFUSAL);
    if (refusal !== undefined) return refusal;
    if (!isRecognisedMethod(request.method)) return notImplemented('The method is not known here.');
    const allowed = this.endpoints.findAllowed(request.path, (group) => pickRoute(group, request));
    if (allowed.length === 0)
      return notFound(
        this.listVersionHeaders(context).length > 0
          ? 'Nothing answers this path in the version that was asked for.'
          : 'Nothing answers this path.',
      );
    if (request.method === 'OPTIONS') return noContent({ headers: { Allow: allowed.join(', ') } });
    return methodNotAllowed(allowed, { detail: 'The path answers other methods only; see Allow.' });
  }

  private addVary(context: Context): void {
    const headers = this.listVersionHeaders(context);
    if (headers.length > 0) context.response.headers.vary(headers.join(', '));
  }

  /** What decides about the versions of all that the path might have met, whatever the method. */
  private listVersionHeaders({ request: { path } }: Context): string[] {
    const headers = new Set<string>();
    if (!this.hasVersions) return [];
    for (const method of ROUTE_METHODS)
      this.endpoints.pick(method, path, (group) => {
        if (group.isPicky) for (const header of group.versionHeaders) headers.add(header);
        return undefined;
      });
    return [...headers];
  }
}
