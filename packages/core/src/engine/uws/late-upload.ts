import type { HttpResponse } from 'uWebSockets.js';
import { viewBytes, type Upload } from '../body/upload';

/**
 * An upload over TLS. While the engine hands over a chunk, anything that is written on any connection makes it forget
 * the encrypted bytes behind the chunk, and the connection breaks. So chunks are passed on when its callback has
 * returned.
 */
export class LateUpload implements Upload {
  constructor(private readonly exchange: { readonly res: HttpResponse; readonly isAborted: boolean }) {}

  onData(receive: (chunk: Uint8Array, isLast: boolean) => void): void {
    this.exchange.res.onData((chunk, isLast) => {
      const copy = Uint8Array.from(viewBytes(chunk));
      setImmediate(() => {
        if (!this.exchange.isAborted) receive(copy, isLast);
      });
    });
  }

  pause(): void {
    if (!this.exchange.isAborted) this.exchange.res.pause();
  }

  resume(): void {
    if (!this.exchange.isAborted) this.exchange.res.resume();
  }
}
