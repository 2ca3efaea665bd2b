import type { Fault } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import { hasRest, REST } from '../../routing/find-rest';
import { mayHaveBody } from '../../routing/http-method';
import type { RouteInfo } from '../../routing/route-info';
import type { RouteVersion } from '../../routing/versioning';
import type { ArgumentPlan } from '../arguments';
import { nameLocation } from '../name-location';
import type { RoutePlan } from '../plan';
import { checkNeeds } from './check-needs';

/** Makes the checks that look at a whole route, or at all routes together. */
export function checkRoutes(
  routes: readonly RoutePlan[],
  needs: readonly string[],
  problems: Problems,
): void {
  const seen = new Map<string, RoutePlan>();
  for (const route of routes) {
    const key = `${route.info.method} ${route.pattern.shape} ${nameCondition(route)}`;
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, route);
    else problems.addFault('ROUTE_DUPLICATE', route.info.name, describeDuplicate(earlier, route));
    checkSteps(route, problems);
    checkNeeds(route, needs, problems);
    checkBodyLimit(route, problems);
  }
}

/** Names the host and version that a request must have. Two routes with the same method, path and condition answer the same requests. */
function nameCondition({ host, version }: RoutePlan): string {
  return `${host?.shape ?? ''}${version === undefined ? '' : nameVersion(version)}`;
}

function nameVersion({ name, by }: RouteVersion): string {
  if (by.type === 'path') return '';
  return by.type === 'header'
    ? ` ${by.header.toLowerCase()}: ${name}`
    : ` accept: ${by.parameter ?? 'v'}=${name}`;
}

function checkSteps({ info, steps }: RoutePlan, problems: Problems): void {
  for (const step of steps) {
    if ((step.kind === 'body' || step.kind === 'form') && !mayHaveBody(info.method)) {
      const decorator = step.kind === 'body' ? '@Body' : '@Form, @File or @Files';
      problems.addFault('BODY_ON_GET', info.name, describeBody(decorator, info.method));
    }
    if (step.kind !== 'handler') continue;
    for (const [index, value] of step.arguments.entries())
      checkArgument(value, `${info.name}, parameter ${index}`, info, problems);
  }
}

function checkArgument(value: ArgumentPlan, place: string, info: RouteInfo, problems: Problems): void {
  const { kind, name, position, whole } = value;
  if (kind === 'host' && position === -1)
    problems.addFault('PARAM_NOT_IN_HOST', place, describeHostParam(name, info.host));
  if (kind !== 'param') return;
  const names = whole === undefined ? [name] : (whole.properties ?? []).map((one) => one.name);
  for (const one of names)
    if (!info.parameters.includes(one) && !(one === REST && hasRest(info.path)))
      problems.addFault('PARAM_NOT_IN_PATH', place, describeParam(one, info));
}

function checkBodyLimit({ info }: RoutePlan, problems: Problems): void {
  if (Number.isInteger(info.bodyLimit) && info.bodyLimit >= 0) return;
  const fault = `The body limit ${String(info.bodyLimit)} is not a whole number of bytes, 0 or more.`;
  problems.add(
    'BODY_LIMIT_INVALID',
    info.name,
    fault,
    'Write bodyLimit: 1_048_576, or @BodyLimit(1_048_576) in a class, for 1 MiB.',
  );
}

function describeDuplicate(first: RoutePlan, second: RoutePlan): Fault {
  const both = `${first.info.name} (${first.info.path}) and ${second.info.name} (${second.info.path})`;
  return {
    fault: `${both} answer the same requests: ${second.info.method} ${nameLocation(second)}.`,
    cure: 'Change one path, or remove one route.',
  };
}

function describeParam(name: string, { path, parameters }: RouteInfo): Fault {
  const others = parameters.length === 0 ? '' : `, only :${parameters.join(', :')}`;
  return {
    fault: `The path ${path} has no ${write(name)} for @Param('${name}')${others}.`,
    cure: `${name === REST ? 'End the path with /*' : `Add :${name} to the path`}, or change the name in @Param.`,
  };
}

function describeHostParam(name: string, host: string | undefined): Fault {
  const label = write(name);
  return {
    fault:
      host === undefined
        ? `The route answers every host, so there is no ${label} for @HostParam('${name}').`
        : `The host ${host} has no ${label} for @HostParam('${name}').`,
    cure: `Write @Controller({ host: '${label}.example.com' }), or change the name in @HostParam.`,
  };
}

/** Writes a parameter as it is in a pattern. */
function write(name: string): string {
  return name === REST ? REST : `:${name}`;
}

function describeBody(decorator: string, method: string): Fault {
  return {
    fault: `${decorator} is used on a ${method} route, where a body has no meaning (RFC 9110 §9.3.1).`,
    cure: "Use @Post or another method, or read the query with @Query('name').",
  };
}
