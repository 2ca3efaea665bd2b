/** Longer texts are not remembered: real clients do not repeat them. */
const LONGEST_KEY = 256;
const MOST_KEYS = 100;

/**
 * Remembers the results of a pure function for at most 100 short texts. Clients choose the texts, so memory must be
 * bounded. The latest text is compared first, which is cheaper than a Map: the Map must hash each new string.
 */
export function rememberAnswers<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  let latest: readonly [text: string, answer: T] | undefined;
  return (text) => {
    if (latest !== undefined && latest[0] === text) return latest[1];
    if (text.length > LONGEST_KEY) return answer(text);
    const answered = known.get(text) ?? learn(text);
    latest = [text, answered];
    return answered;
  };

  function learn(text: string): T {
    const fresh = answer(text);
    if (known.size >= MOST_KEYS) known.clear();
    known.set(text, fresh);
    return fresh;
  }
}
