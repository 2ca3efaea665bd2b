/** As in µWebSockets: a silent connection ends after so many milliseconds, unless its handler is at work. */
export const IDLE_MS = 10_000;
