import type { Problems } from '../../configuration/problems';
import type { Class } from '../../http/class';
import { isFinalStatus } from '../../http/status/status';
import { findNearestList, isMethod, readChain } from '../../metadata/class-chain';
import { metadata } from '../../metadata/metadata';
import { readMembers } from '../../metadata/stored-record';
import type { CatchPlan } from '../plan';
import { bindCatch, type MethodOwner } from './method-owner';

/** Reads the error handlers of a class: its methods with `@Catch` alone, and those in `@Catch(…, handler)` on the class. */
export function readCatches(type: Class, owner: MethodOwner, problems: Problems): CatchPlan[] {
  const chain = readChain(type);
  const properties = new Set(chain.flatMap(({ prototype }) => readMembers(prototype)));
  const onClass = [...chain].reverse().flatMap((parent) => metadata.catches.read(parent.type));
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

/** Answers whether the value is an error class or a status; reports one that is not. */
export function checkFilter(filter: unknown, place: string, problems: Problems): boolean {
  if (isFinalStatus(filter) || isErrorClass(filter)) return true;
  const fault =
    filter === undefined
      ? 'The error handler is for undefined instead of an error class or a status.'
      : 'The error handler is for a value that is neither an error class nor a status.';
  const cure =
    'Pass a class that extends Error, or a status from 200 to 599. If the class is undefined, two files import each other.';
  problems.add('ERROR_HANDLER_INVALID', place, fault, cure);
  return false;
}

function isErrorClass(filter: unknown): boolean {
  // Not `instanceof Error`: an error class of another realm (a test runner's sandbox) is one too.
  const prototype: unknown = typeof filter === 'function' ? filter.prototype : undefined;
  return typeof prototype === 'object' && prototype !== null && 'message' in prototype;
}
