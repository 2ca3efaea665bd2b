import { IncomingMessage } from 'node:http';

/** A request whose header lines stay as they came. Node itself reads two of them, and would make an object of all. */
export class NodeRequest extends IncomingMessage {}

Object.defineProperty(NodeRequest.prototype, 'headers', {
  get(this: NodeRequest): Readonly<Record<string, string>> {
    const { rawHeaders } = this;
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index]!;
      // `Expect`, and `TE` of HTTP/1.0.
      const isRead = name.length === 6 ? /^expect$/i.test(name) : name.length === 2 && /^te$/i.test(name);
      if (isRead) return { [name.toLowerCase()]: rawHeaders[index + 1]! };
    }
    return NONE;
  },
});

const NONE: Readonly<Record<string, string>> = Object.freeze({});
