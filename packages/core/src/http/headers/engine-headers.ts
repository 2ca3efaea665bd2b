/** Headers that only the engine writes. The values that a program sets for them are not sent as given. */
export const ENGINE_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);
