import type { HttpResponse } from 'uWebSockets.js';
import type { CompiledRoute } from '../../http/compiled-route';
import { formatAddress } from './format-address';

/** The address of the other end of a connection, which the engine forgets with the response. */
export class PeerAddress {
  private bytes: ArrayBuffer | undefined;
  private text: string | undefined;

  /**
   * Copies the address. It is the most expensive read, so it needs a reason. Call it only while the response is open.
   * Returns whether it has just found that the connection has no address.
   */
  keep(res: HttpResponse): boolean {
    if (this.bytes !== undefined) return false;
    this.bytes = res.getRemoteAddress();
    return this.bytes.byteLength === 0;
  }

  /** The address as text; empty if it was not kept. */
  read(route: CompiledRoute): string {
    READS_ADDRESS.add(route);
    return (this.text ??= formatAddress(this.bytes));
  }
}

/** Answers whether a request of the route has read the address. Then later ones keep it, in case they read it late. */
export function readsAddress(route: CompiledRoute): boolean {
  return READS_ADDRESS.has(route);
}

const READS_ADDRESS = new WeakSet<CompiledRoute>();
