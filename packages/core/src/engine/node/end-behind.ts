import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Ends the connection behind what was written of a response, and behind the responses before it. */
export function endBehind(res: ServerResponse): void {
  onTurn(res, (socket, isNow) => {
    if (isNow) socket.destroySoon();
    // The response writes what it has to its new socket first.
    else process.nextTick(() => socket.destroySoon());
  });
}

/**
 * Calls a function when a response is the next one that the socket sends: now, or behind the pipelined ones before it.
 * If the connection closes before, the function is not called.
 */
export function onTurn(res: ServerResponse, act: (socket: Socket, isNow: boolean) => void): void {
  if (res.socket === null && !res.writableFinished)
    res.once('socket', (socket: Socket) => act(socket, false));
  else act(res.req.socket, true);
}
