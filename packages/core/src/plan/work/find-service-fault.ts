import type { Fault } from '../../configuration/configuration-error';
import { explainGiven, findOtherList, nameValue } from '../../configuration/given-value';
import { isWrittenAsClass } from '../../http/class';
import type { Service } from './service';

/** Finds the reason why a value is not a service; undefined where it is one. */
export function findServiceFault(like: unknown): Fault | undefined {
  if (typeof like === 'function') return describeFunction(like);
  const { name, handle, providers, ...rest } = readMembers(like);
  if (typeof name !== 'string' || name === '' || handle !== undefined) return describeOther(like);
  for (const [member, value] of Object.entries(rest))
    if (value !== undefined && typeof value !== 'function')
      return {
        fault: `${member} of ${name} is not a function.`,
        cure: `Write ${member}(…) { … }, or leave it out.`,
      };
  if (providers === undefined || Array.isArray(providers)) return undefined;
  return { fault: `providers of ${name} is not a list.`, cure: 'Write providers: […], or leave it out.' };
}

function readMembers(like: unknown): Partial<Record<keyof Service | 'handle', unknown>> {
  const { name, handle, providers, prepare, start, stop } = (like ?? {}) as Record<string, unknown>;
  return { name, handle, providers, prepare, start, stop };
}

function describeFunction(like: { readonly name: string }): Fault {
  const name = like.name || '…';
  if (isWrittenAsClass(like))
    return { fault: `The class ${name} is not a service.`, cure: `Make an instance: new ${name}(…).` };
  return {
    fault: `The function ${name} is not a service.`,
    cure: `If it makes a service, call it: ${name}(…).`,
  };
}

function describeOther(like: unknown): Fault {
  const cure = "Write { name: '…', start: (app) => …, stop: () => … }.";
  return {
    fault: `${nameValue(like)} is not a service.`,
    cure: findOtherList(like) ?? explainGiven(cure, like),
  };
}
