/** Longer keys are worked out each time: nobody honest sends them often. */
const LONGEST_KEY = 256;
const MOST_KEYS = 100;

/**
 * Remembers what a pure function answered, for at most 100 short texts: clients choose them, so memory stays bounded.
 * The latest is compared first: a string just read has no hash yet, and without one no Map can be asked.
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
