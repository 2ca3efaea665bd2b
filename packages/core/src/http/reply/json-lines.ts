import { ItemReply, type ItemReader, type ItemSource } from './item-reply';
import type { Reply, ReplyInit } from './replies';
import type { WriteJson } from './write-json';
import type { StreamSource } from '../body/stream-body';

/**
 * A stream of JSON values, one per line, each sent as soon as it is available: `application/jsonl`.
 *
 * @example return jsonLines(this.notes.readAll());
 */
export function jsonLines(source: ItemSource, init: ReplyInit = {}): Reply {
  const { status, headers = {} } = init;
  return new ItemReply(source, writeLines, { contentType: 'application/jsonl', status, headers });
}

function writeLines(items: ItemReader, writeJson: WriteJson): StreamSource {
  const lines: AsyncIterableIterator<string> = {
    async next() {
      const { done, value } = await items.next();
      return done === true ? { done, value: undefined } : { done: false, value: `${writeJson(value)}\n` };
    },
    return: () => items.return(),
    [Symbol.asyncIterator]: () => lines,
  };
  return lines;
}
