/** Half of what the rounds lie apart, as text behind a number; empty for a single round, which has no spread. */
export function formatSpread(spread) {
  return spread === null ? '' : ` ±${Math.round(spread * 50)} %`;
}
