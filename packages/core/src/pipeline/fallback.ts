import type { Context } from '../http/context';
import { methodNotAllowed, notFound, notImplemented } from '../http/http-error';
import { isRecognisedMethod } from '../http/http-method';
import { PathTable } from '../http/path-table';
import { REFUSAL } from '../http/refusal';
import { noContent } from '../http/replies';
import type { RoutePlan } from '../plan/plan';
import type { Endpoint } from './compile-plan';
import { compileAround } from './compile-route';
import type { Run } from './compose';
import { settleLike, type SettleOptions } from './settle';

/**
 * Answers what no route does, inside the application's middleware: 404, 405 and 501, plain OPTIONS, and requests the
 * engine refuses. A CORS preflight runs through the middleware of the route it asks about instead.
 */
export function compileFallback(
  fallback: RoutePlan,
  endpoints: readonly Endpoint[],
  options: SettleOptions,
): Run {
  const preflights = new PathTable<() => Run>();
  const answer = (context: Context) =>
    answerWithoutRoute(context, preflights.findAllowed(context.request.path));
  for (const { method, plan } of endpoints) {
    let run: Run | undefined;
    // At its first preflight: most routes never see one, and compiling each twice would double the start-up.
    preflights.add(
      method,
      plan.pattern,
      () => (run ??= compileAround(plan.steps, plan.catches, settleLike(plan, options), answer)),
    );
  }
  const rest = compileAround(fallback.steps, fallback.catches, options, answer);
  return (context) => (findPreflight(context, preflights) ?? rest)(context);
}

/** A preflight is OPTIONS with Origin and Access-Control-Request-Method, and nothing else (Fetch §3.3.2). */
function findPreflight({ request }: Context, preflights: PathTable<() => Run>): Run | undefined {
  if (request.method !== 'OPTIONS' || request.header('origin') === undefined) return undefined;
  const asked = request.header('access-control-request-method');
  return asked === undefined ? undefined : preflights.find(asked, request.path)?.value();
}

function answerWithoutRoute(context: Context, allowed: readonly string[]): unknown {
  const { method } = context.request;
  const refusal = context.get(REFUSAL);
  if (refusal !== undefined) return refusal;
  if (!isRecognisedMethod(method)) return notImplemented('The method is not known here.');
  if (allowed.length === 0) return notFound('Nothing answers this path.');
  if (method === 'OPTIONS') return noContent({ headers: { Allow: allowed.join(', ') } });
  return methodNotAllowed(allowed, { detail: 'The path answers other methods only; see Allow.' });
}
