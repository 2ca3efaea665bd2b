/** What an error says; what else was thrown, as text. */
export function formatThrown(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
