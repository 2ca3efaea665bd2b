import type { JsonSchema } from './json-schema';

/** A schema that needs a name. */
export interface NamedEntry {
  readonly owner: object;
  readonly name: string;
  /** The name may change: a person has not given it. */
  readonly isDerived?: boolean;
  readonly isReply: boolean;
  readonly schema: JsonSchema;
}

/** Writes a schema, with a text in place of each reference to another one. */
type Write<Entry> = (entry: Entry, nameOf: (index: number) => string) => string;

/**
 * Finds the name of each schema, by its index. Schemas of one wanted name that say the same share it. If the requests
 * and replies of one class differ, the request gets `NameInput`. Pure.
 *
 * @param reportTwins called with two schemas of one name whose owners differ
 */
export function nameSchemas<Entry extends NamedEntry>(
  entries: readonly Entry[],
  write: Write<Entry>,
  reportTwins: (one: Entry, other: Entry) => void,
): string[] {
  const groups = groupEqual(entries, write);
  const taken = new Set(entries.map(({ name }) => name));
  const names: string[] = [];
  for (const name of taken) {
    const own = groups.filter(([first]) => entries[first!]!.name === name);
    const given = own.flatMap((group) => findGiven(group, entries) ?? []);
    const twin = given.find(({ owner }) => owner !== given[0]!.owner);
    if (twin !== undefined) reportTwins(given[0]!, twin);
    for (const [index, group] of sortGroups(own, entries).entries()) {
      const chosen = index === 0 ? name : makeFree(chooseName(name, group, entries), taken);
      for (const entry of group) names[entry] = chosen;
    }
  }
  return names;
}

/** Finds a schema of a group whose name a person has given. */
function findGiven<Entry extends NamedEntry>(
  group: readonly number[],
  entries: readonly Entry[],
): Entry | undefined {
  return group.map((index) => entries[index]!).find(({ isDerived }) => isDerived !== true);
}

/** The first one keeps the name: one that a person has given, and of those a reply. */
function sortGroups(groups: readonly number[][], entries: readonly NamedEntry[]): number[][] {
  const rank = (group: readonly number[]): number =>
    (findGiven(group, entries) === undefined ? 2 : 0) + (isOfReply(group, entries) ? 0 : 1);
  return [...groups].sort((one, other) => rank(one) - rank(other));
}

function isOfReply(group: readonly number[], entries: readonly NamedEntry[]): boolean {
  return group.some((index) => entries[index]!.isReply);
}

function chooseName(name: string, group: readonly number[], entries: readonly NamedEntry[]): string {
  return isOfReply(group, entries) ? `${name}Output` : `${name}Input`;
}

function makeFree(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}${count}`;
  taken.add(name);
  return name;
}

/**
 * Groups the schemas that say the same: first all of one name, then each group is split for as long as its members differ
 * in themselves or in the groups that they refer to.
 */
function groupEqual<Entry extends NamedEntry>(entries: readonly Entry[], write: Write<Entry>): number[][] {
  let signs = entries.map(({ name }) => name);
  for (;;) {
    const written = entries.map(
      (entry, index) => `${signs[index]!}\n${write(entry, (target) => signs[target]!)}`,
    );
    const numbers = new Map([...new Set(written)].map((text, index) => [text, String(index)]));
    const isSettled = numbers.size === new Set(signs).size;
    signs = written.map((text) => numbers.get(text)!);
    if (isSettled) break;
  }
  const groups = new Map<string, number[]>();
  for (const [index, sign] of signs.entries()) groups.set(sign, [...(groups.get(sign) ?? []), index]);
  return [...groups.values()];
}
