import { makeEcmaScript, makeMisplaced, nameMember } from './misplaced-decorator';
import { readOwn, writeOwn, type Property } from './store';

/** One value that a decorator writes on a class, or on a member of its prototype. The last one written counts. */
export class StoredValue<T> {
  constructor(private readonly name: string) {}

  read(target: object, property?: Property): T | undefined {
    return readOwn<T>(this.name, target, property);
  }

  /** @throws ConfigurationError DECORATOR_MISPLACED on a static method, and when the compiler emits other decorators */
  write(value: T, target: object, property?: Property): void {
    noteMember(target, property);
    writeOwn(this.name, value, target, property);
  }
}

/** A list that decorators write on a class, or on a member of its prototype. */
export class StoredList<T> {
  constructor(private readonly name: string) {}

  /** Empty if nothing was written. */
  read(target: object, property?: Property): readonly T[] {
    return readOwn<readonly T[]>(this.name, target, property) ?? [];
  }

  /**
   * Puts items in front of the list. Decorators are applied from bottom to top, so the list is in the order written.
   *
   * @throws ConfigurationError DECORATOR_MISPLACED on a static method, and when the compiler emits other decorators
   */
  prepend(items: readonly T[], target: object, property?: Property): void {
    this.write([...items, ...this.read(target, property)], target, property);
  }

  /**
   * Puts an item at the end. The members of a class are decorated from top to bottom, so a list of them is in the order
   * written.
   *
   * @throws ConfigurationError as `prepend` does
   */
  append(item: T, target: object): void {
    this.write([...this.read(target), item], target, undefined);
  }

  private write(items: readonly T[], target: object, property: Property): void {
    noteMember(target, property);
    writeOwn(this.name, Object.freeze(items), target, property);
  }
}

/** The members of a prototype that have a record, in the order written. */
const MEMBERS = 'properties';

export function readMembers(prototype: object): readonly (string | symbol)[] {
  return readOwn<readonly (string | symbol)[]>(MEMBERS, prototype) ?? [];
}

function noteMember(prototype: object, property: Property): void {
  if (property === undefined) return;
  if (typeof property === 'object') throw makeEcmaScript(property);
  if (typeof prototype === 'function') {
    const fault = 'The decorator is on a static method, which no route can call.';
    throw makeMisplaced(nameMember(prototype, property), fault, 'Put it on a method that is not static.');
  }
  const members = readMembers(prototype);
  if (!members.includes(property)) writeOwn(MEMBERS, Object.freeze([...members, property]), prototype);
}
