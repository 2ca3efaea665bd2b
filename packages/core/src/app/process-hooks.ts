import { closeOnSignals } from '../engine/close-on-signals';
import type { EngineTable } from '../engine/engine';
import { holdRejections } from '../engine/hold-rejections';

/** The listeners that an application has in its process while it listens. */
export class ProcessHooks {
  private readonly releases: (() => void)[] = [];

  /** @param close called on SIGINT and SIGTERM, if it is given */
  hold(table: EngineTable, close: (() => Promise<void>) | undefined): void {
    this.releases.push(holdRejections(table));
    if (close !== undefined) this.releases.push(closeOnSignals(close));
  }

  release(): void {
    for (const release of this.releases.splice(0)) release();
  }
}
