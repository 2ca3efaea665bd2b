import type { Problems } from '../../configuration/problems';
import { isFinalStatus } from '../../http/status/status';
import type { Class } from '../../http/class';
import { findNearestList, isMethod, readChain } from '../../metadata/class-chain';
import { metadata } from '../../metadata/metadata';
import { readMembers } from '../../metadata/stored-record';
import { bindCatch, type MethodOwner } from './method-owner';
import type { CatchPlan } from '../plan';

/** The handlers that a class has for its routes: methods with `@Catch` alone, and `@Catch(…, handler)` on the class. */
export function readCatches(type: Class, owner: MethodOwner, problems: Problems): CatchPlan[] {
  const chain = readChain(type);
  const properties = new Set(chain.flatMap(({ prototype }) => readMembers(prototype)));
  const onClass = [...chain].reverse().flatMap((owner) => metadata.catches.read(owner.type));
  const catches: CatchPlan[] = onClass.flatMap(({ error, handle }) =>
    handle ? [{ scope: 'controller' as const, error, handle }] : [],
  );
  for (const property of properties) {
    for (const { error, handle } of findNearestList(chain, metadata.catches, property)) {
      if (handle === undefined && isMethod(owner.instance, property))
        catches.push({ scope: 'controller', error, handle: bindCatch(owner, property) });
    }
  }
  return catches.filter(({ error }) => checkFilter(error, type.name, problems));
}

/** Answers whether errors can be told by a filter; adds to `problems` where they can not. */
export function checkFilter(filter: unknown, place: string, problems: Problems): boolean {
  if (isFinalStatus(filter) || isErrorClass(filter)) return true;
  const fault = `An error handler is for ${filter === undefined ? 'undefined' : 'something'}, which is neither an error class nor a status.`;
  const cure =
    'Give a class that extends Error, or a status from 200 to 599. Where it is undefined, two files import one another.';
  problems.add('ERROR_HANDLER_INVALID', place, fault, cure);
  return false;
}

function isErrorClass(filter: unknown): boolean {
  // Not `instanceof Error`: an error class of another realm (a test runner's sandbox) is one too.
  const prototype: unknown = typeof filter === 'function' ? filter.prototype : undefined;
  return typeof prototype === 'object' && prototype !== null && 'message' in prototype;
}
