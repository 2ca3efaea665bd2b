// The engine by hand must be the engine of Sluice: what @sluice/core would load is asked for there.
import { createRequire } from 'node:module';

/** The µWebSockets module that @sluice/core runs on. */
export function loadEngine() {
  const requireFromHere = createRequire(import.meta.url);
  const core = createRequire(requireFromHere.resolve('@sluice/core'));
  return core('./engine/uws/load-uws.js').loadUws();
}
