/** Formats a thrown value: the message of an error, and any other value as text. Never throws. */
export function formatThrown(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return 'A value that cannot be shown as text';
  }
}
