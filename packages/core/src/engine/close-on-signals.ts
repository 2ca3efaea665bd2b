/**
 * Closes on the first SIGINT or SIGTERM and ends the process with 0; a second one ends it at once with 1.
 * Gives back a function that takes the listeners away again.
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
