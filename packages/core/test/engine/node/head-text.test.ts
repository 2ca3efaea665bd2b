import * as http from 'node:http';
import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import type * as headText from '../../../src/engine/node/head-text';

const WHOLE = 'HTTP/1.1 201 Created\r\nX-First: 1: 2\r\nX-Second: \xc3\xa9\r\nContent-Length: 5\r\n';

class KeepsNothing extends http.ServerResponse {
  override writeHead(): this {
    return this;
  }
}

class SendsOther extends http.ServerResponse {
  override end(): this {
    return super.end('other');
  }
}

describe('A head with its lines as text', () => {
  it('leaves with a short body in one write', () => {
    expect(answer(load(http.ServerResponse))).toEqual([
      expect.stringMatching(/^HTTP[^]+\r\n\r\nb\xc3\xa9dy$/),
    ]);
  });

  it.each([
    ['this one', http.ServerResponse],
    ['one that keeps no text', KeepsNothing],
    ['one that sends other text', SendsOther],
  ])('is the same on a version of Node like %s', (_, ServerResponse) => {
    const sent = answer(load(ServerResponse as typeof http.ServerResponse)).join('');
    expect(sent.slice(0, WHOLE.length)).toBe(WHOLE);
    expect(sent).toMatch(/\r\n\r\nb\xc3\xa9dy$/);
  });

  /** Loads the module where its test at start-up finds such responses. */
  function load(ServerResponse: typeof http.ServerResponse): typeof headText {
    let loaded: typeof headText;
    jest.isolateModules(() => {
      jest.doMock('node:http', () => ({ ...http, ServerResponse }));
      loaded = jest.requireActual<typeof headText>('../../../src/engine/node/head-text');
    });
    jest.dontMock('node:http');
    return loaded!;
  }

  function answer({ beginHead, endWithText }: typeof headText): string[] {
    const writes: string[] = [];
    const socket = new Writable({
      write: (chunk: Buffer, _, done) => (writes.push(chunk.toString('latin1')), done()),
    }) as Socket;
    const req = Object.assign(new http.IncomingMessage(socket), { httpVersionMajor: 1, httpVersionMinor: 1 });
    const res = new http.ServerResponse(req);
    res.assignSocket(socket);
    beginHead(res, 201, 'Created', ['Content-Length', '5'], 'X-First: 1: 2\r\nX-Second: \xc3\xa9\r\n');
    endWithText(res, 'b\xc3\xa9dy');
    return writes;
  }
});
