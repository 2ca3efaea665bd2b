/** Formats a thrown value: the message of an error, and any other value as text. */
export function formatThrown(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
