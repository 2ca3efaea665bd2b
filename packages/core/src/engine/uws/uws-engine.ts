import type { EngineTable } from '../engine';
import type { Address, ListenOptions } from '../listen-options';
export class UwsEngine {
  constructor(_table: EngineTable, _o: { hideEngineHeader: boolean }) {}
  listen(_options: ListenOptions): Promise<Address> {
    throw new Error('soon');
  }
  async close(_timeoutMs: number): Promise<void> {}
}
