import type { Context } from '../context';
import { LateReply } from './late-reply';
import type { WriteJson } from './write-json';
import { Reply } from './replies';
import { readChunks, type ChunkReader, type StreamSource } from '../body/stream-body';

/** A source of items: a generator, a list, a Readable in object mode, a ReadableStream. */
export type ItemSource<T = unknown> = AsyncIterable<T> | Iterable<T> | ReadableStream<T>;

/** The items of a source, pulled one at a time; `return` stops the source. */
export type ItemReader = Omit<ChunkReader, 'next'> & { next(): Promise<IteratorResult<unknown, undefined>> };

/** A stream of items. `@Returns` uses `map` to reduce each item to its type. */
export class ItemReply extends LateReply {
  constructor(
    private readonly source: ItemSource,
    private readonly encode: (items: ItemReader, writeJson: WriteJson) => StreamSource,
    private readonly head: {
      readonly contentType: string;
      readonly headers?: Reply['headers'];
      readonly status?: number | undefined;
    },
    private readonly change?: (item: unknown) => unknown,
  ) {
    super();
  }

  map(change: (item: unknown) => unknown): ItemReply {
    return new ItemReply(this.source, this.encode, this.head, change);
  }

  override make(_: Context, writeJson: WriteJson): Reply {
    const { contentType, headers, status } = this.head;
    const items = changeItems(readItems(this.source), this.change);
    return new Reply(this.encode(items, writeJson), contentType, status, headers);
  }
}

function readItems(source: ItemSource): ItemReader {
  const isSync = Symbol.iterator in source && !(Symbol.asyncIterator in source);
  return readChunks((isSync ? passOn(source) : source) as StreamSource);
}

async function* passOn(items: Iterable<unknown>): AsyncGenerator<unknown> {
  yield* items;
}

function changeItems(items: ItemReader, change: ((item: unknown) => unknown) | undefined): ItemReader {
  if (change === undefined) return items;
  return {
    ...items,
    async next() {
      const { done, value } = await items.next();
      return done === true ? { done, value: undefined } : { done: false, value: await change(value) };
    },
  };
}
