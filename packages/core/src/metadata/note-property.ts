import { readOwn, writeOwn } from './store';

/** Notes that a method carries a record, so that the plan finds it in the order written. */
export function noteProperty(prototype: object, property: string | symbol): void {
  const present = readOwn<readonly (string | symbol)[]>('properties', prototype) ?? [];
  if (!present.includes(property)) writeOwn('properties', Object.freeze([...present, property]), prototype);
}
