type Close = () => Promise<void>;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** The applications of the process that a signal closes. */
const OPEN = new Set<Close>();
let isClosing = false;

/**
 * Closes on the first SIGINT or SIGTERM, and ends the process with 0 when every application that listens in it has
 * closed; a second signal ends it at once with 1. Returns a function that takes the application out.
 */
export function closeOnSignals(close: Close): () => void {
  if (OPEN.size === 0) for (const signal of SIGNALS) process.on(signal, onSignal);
  OPEN.add(close);
  return () => {
    if (!OPEN.delete(close) || OPEN.size > 0) return;
    for (const signal of SIGNALS) process.off(signal, onSignal);
    isClosing = false;
  };
}

function onSignal(): void {
  if (isClosing) process.exit(1);
  isClosing = true;
  const closed = Promise.allSettled([...OPEN].map((close) => close()));
  void closed.then((ends) => process.exit(ends.every(({ status }) => status === 'fulfilled') ? 0 : 1));
}
