/** The time by which tasks run. Programs have the one of the system; tests can have a FakeClock. */
export interface Clock {
  /** The time of day, in milliseconds since 1970. People and NTP set it, forward and back. */
  now(): number;
  /** Milliseconds since any moment, which nothing sets back. */
  elapsed(): number;
  /** Calls `wake` after so many milliseconds, or earlier. Returns the function that prevents it. */
  wait(ms: number, wake: () => void): () => void;
  /** Gets the work that a waking has begun. A clock of tests waits for it. */
  follow?(work: Promise<unknown>): void;
}

/**
 * So long a change of the time of day, or the end of a machine's sleep, stays unseen. It is far below the longest time
 * of a timer, too: 2^31 milliseconds.
 */
const LONGEST_WAIT_MS = 10_000;

/** The clock of the system. Timers and clocks are looked up at each call, so that those of a test runner count. */
export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),
  elapsed: () => performance.now(),
  wait(ms: number, wake: () => void) {
    const timer = setTimeout(wake, Math.min(ms, LONGEST_WAIT_MS));
    return () => clearTimeout(timer);
  },
});

/** Like `wait` of a clock, and never earlier. */
export function waitFully(clock: Clock, ms: number, done: () => void): () => void {
  const end = clock.elapsed() + ms;
  let cancel: () => void;
  const arm = (): void => {
    cancel = clock.wait(Math.max(0, end - clock.elapsed()), () => {
      if (clock.elapsed() >= end) done();
      else arm();
    });
  };
  arm();
  return () => cancel();
}
