/** Calls each of them, once. What one throws into the engine would end the process, and the others would never know. */
export function callListeners(listeners: readonly (() => void)[]): void {
  for (const listener of listeners) {
    try {
      listener();
    } catch {
      // It was told: what it makes of it is its own.
    }
  }
}
