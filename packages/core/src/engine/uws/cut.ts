import type { HttpResponse } from 'uWebSockets.js';

/** Ends the connection at once, if the response is still alive. */
export function cut(res: HttpResponse): void {
  try {
    res.close();
  } catch {
    // The response was written, or the client has gone.
  }
}
