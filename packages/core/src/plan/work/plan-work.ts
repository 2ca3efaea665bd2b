import { ConfigurationError } from '../../configuration/configuration-error';
import { formatThrown } from '../../configuration/format-thrown';
import { nameValue } from '../../configuration/given-value';
import { Problems } from '../../configuration/problems';
import type { InstanceSource } from '../../container/container';
import { ignoreRejection } from '../../http/maybe-promise';
import { freezeCopy } from '../freeze-copy';
import type { WorkPlan } from '../plan';
import { findServiceFault } from './find-service-fault';
import { readWork, type FoundWork } from './read-work';
import type { Service } from './service';

type Instances = Pick<InstanceSource, 'made'>;

/** The container whose methods a service has got last. */
const OWNERS = new WeakMap<Service, Instances>();

/** Hands each service the methods with its decorators, of all instances of the container. Returns the rows of the plan. */
export function planWork(services: readonly Service[], instances: Instances, problems: Problems): WorkPlan[] {
  const checked = checkServices(services, problems);
  const names = new Set(services.map((service: Service | null | undefined) => service?.name));
  const found = instances.made.flatMap(readWork);
  for (const { method, service } of found) {
    if (names.has(service)) continue;
    const fault = `It has ${method.decorator}, but the application has no service ${JSON.stringify(service)}, so nothing calls it.`;
    const cure = `Add the service to createApp({ services: […] }), or remove ${method.decorator}.`;
    problems.add('WORK_WITHOUT_SERVICE', method.place, fault, cure);
  }
  return checked.flatMap((service) => {
    OWNERS.set(service, instances);
    return prepare(service, found, problems);
  });
}

/**
 * Hands a service the methods of an application again, where another application has handed it its own since then.
 *
 * @throws ConfigurationError
 */
export function prepareAgain(service: Service, instances: Instances): void {
  if (OWNERS.get(service) === instances) return;
  const problems = new Problems();
  OWNERS.set(service, instances);
  prepare(service, instances.made.flatMap(readWork), problems);
  problems.throwIfAny();
}

function prepare(service: Service, found: readonly FoundWork[], problems: Problems): WorkPlan[] {
  const methods = found.flatMap((one) => (one.service === service.name ? [one.method] : []));
  try {
    return readRows(service.prepare?.(methods) ?? [], service.name);
  } catch (error) {
    if (error instanceof ConfigurationError) problems.include(...error.problems);
    else {
      const fault = `prepare threw: ${formatThrown(error)}`;
      const cure = 'Correct prepare. A mistake that it finds is a ConfigurationError.';
      problems.add('SERVICE_INVALID', service.name, fault, cure);
    }
    return [];
  }
}

/** @throws ConfigurationError SERVICE_INVALID */
function readRows(rows: unknown, place: string): WorkPlan[] {
  const fault = findRowsFault(rows);
  if (fault !== undefined)
    throw new ConfigurationError([{ code: 'SERVICE_INVALID', place, fault, cure: ROWS_CURE }]);
  return (rows as WorkPlan[]).map(({ kind, when, name, steps }) => freezeCopy({ kind, when, name, steps }));
}

const ROWS_CURE =
  "Return a list of { kind: 'DAILY', when: '03:00', name: 'Reports.nightly', steps: ['nightly'] }, without a promise.";

function findRowsFault(rows: unknown): string | undefined {
  ignoreRejection(rows);
  if (!Array.isArray(rows)) return `prepare returned a value that is not a list: ${nameValue(rows)}.`;
  const index = rows.findIndex((row) => !isRow(row));
  return index === -1 ? undefined : `Item ${index} of what prepare returned is not a row of the plan.`;
}

function isRow(value: unknown): value is WorkPlan {
  const { kind, when, name, steps } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return (
    Array.isArray(steps) &&
    [kind, when, name, ...(steps as unknown[])].every((one) => typeof one === 'string')
  );
}

function checkServices(services: readonly Service[], problems: Problems): Service[] {
  const names = new Set<string>();
  return services.filter((service: unknown, index): service is Service => {
    const place = `createApp, services ${index}`;
    const wrong = findServiceFault(service);
    if (wrong !== undefined) {
      problems.add('SERVICE_INVALID', place, wrong.fault, wrong.cure);
      return false;
    }
    const { name } = service as Service;
    if (names.has(name)) {
      const fault = `Another service has the name ${JSON.stringify(name)} too.`;
      problems.add('SERVICE_INVALID', place, fault, 'List it once, or give one of them another name.');
      return false;
    }
    names.add(name);
    return true;
  });
}
