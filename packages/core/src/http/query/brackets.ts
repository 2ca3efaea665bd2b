/** The lists whose names may be sent with brackets (`tags[]=a`): these, or any. */
export type Brackets = true | readonly string[];

/** Returns the name without its brackets where they say that it is a list; undefined where they do not. */
export function findListName(name: string, lists: Brackets): string | undefined {
  if (!name.endsWith('[]')) return undefined;
  const list = name.slice(0, -2);
  if (lists !== true) return lists.includes(list) ? list : undefined;
  return list === '' || list === '__proto__' || list.endsWith('[]') ? undefined : list;
}
