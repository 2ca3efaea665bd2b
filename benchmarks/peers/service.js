// What all applications of workload l share: a log that is dropped, and a limit that no client reaches.
export const DROPPED = { write() {} };
export const LIMIT = 1_000_000_000;
export const WINDOW_SECONDS = 60;
