import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Ends the connection behind what was written of a response, and behind the responses before it. */
export function endBehind(res: ServerResponse): void {
  // The response writes what it has first: to its new socket, and from Node 24 on also what was written in this turn.
  onTurn(res, (socket) => process.nextTick(() => socket.destroySoon()));
}

/**
 * Calls a function when a response is the next one that the socket sends: now, or behind the pipelined ones before it.
 * If the connection closes before, the function is not called.
 */
export function onTurn(res: ServerResponse, act: (socket: Socket) => void): void {
  if (res.socket === null && !res.writableFinished) res.once('socket', act);
  else act(res.req.socket);
}
