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
    const given = own.map((group) => entries[group[0]!]!).filter(({ isDerived }) => isDerived !== true);
    const twin = given.find(({ owner }) => owner !== given[0]!.owner);
    if (twin !== undefined) reportTwins(given[0]!, twin);
    for (const [index, group] of sortReplies(own, entries).entries()) {
      const given = index === 0 ? name : makeFree(chooseName(name, group, entries), taken);
      for (const entry of group) names[entry] = given;
    }
  }
  return names;
}

/** Replies first: they keep the name. */
function sortReplies(groups: readonly number[][], entries: readonly NamedEntry[]): number[][] {
  const isReply = (group: readonly number[]): boolean => group.some((index) => entries[index]!.isReply);
  return [...groups].sort((one, other) => Number(isReply(other)) - Number(isReply(one)));
}

function chooseName(name: string, group: readonly number[], entries: readonly NamedEntry[]): string {
  return group.some((index) => entries[index]!.isReply) ? `${name}Output` : `${name}Input`;
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
