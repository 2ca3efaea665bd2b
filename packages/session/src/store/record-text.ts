/** The user of a session, and the user's epoch when the session got that user. */
export interface RecordOwner {
  readonly userHash: string;
  readonly epoch: number;
}

/** The content of a record. */
export interface RecordContent {
  /** The session; of one that has moved, as it was then. */
  readonly json: string;
  readonly owner?: RecordOwner | undefined;
  /** The key of the record to which the session has moved; empty if the old id no longer leads there. */
  readonly movedTo?: string | undefined;
}

const MOVED = '>';
const OWNED = '@';

/** Writes lines: `>` and the key of a moved session, `@` and the owner, and the JSON, which begins with a brace. */
export function formatRecord({ json, owner, movedTo }: RecordContent): string {
  const moved = movedTo === undefined ? '' : `${MOVED}${movedTo}\n`;
  const owned = owner === undefined ? '' : `${OWNED}${owner.epoch} ${owner.userHash}\n`;
  return moved + owned + json;
}

/** Reads what `formatRecord` wrote. */
export function parseRecord(text: string): RecordContent {
  const [movedTo, rest] = takeLine(text, MOVED);
  const [owned, json] = takeLine(rest, OWNED);
  if (owned === undefined) return { json, movedTo };
  const [epoch, userHash = ''] = owned.split(' ');
  return { json, movedTo, owner: { userHash, epoch: Number(epoch) } };
}

function takeLine(text: string, mark: string): readonly [line: string | undefined, rest: string] {
  if (!text.startsWith(mark)) return [undefined, text];
  const end = text.indexOf('\n');
  return end === -1 ? [text.slice(1), ''] : [text.slice(1, end), text.slice(end + 1)];
}
