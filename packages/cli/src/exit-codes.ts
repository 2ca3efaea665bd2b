/** The exit codes of every command. docs/cli.md explains them. */
export const EXIT = {
  /** The command did what it was asked for. */
  done: 0,
  /** The application cannot start, or the command found a fault. */
  failed: 1,
  /** The command was called in a way that it does not know. */
  usage: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
