/**
 * Closes on the first SIGINT or SIGTERM and ends the process with 0; a second signal ends it at once with 1.
 * Returns a function that removes the listeners.
 */
export function closeOnSignals(close: () => Promise<void>): () => void {
  let isClosing = false;
  const onSignal = (): void => {
    if (isClosing) process.exit(1);
    isClosing = true;
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return () => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
}
