/** Longer keys are worked out each time: nobody honest sends them often. */
const LONGEST_KEY = 256;
const MOST_KEYS = 100;

/** Remembers what a pure function answered, for at most 100 short texts: clients choose them, so memory stays bounded. */
export function rememberAnswers<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const present = known.get(text);
    if (present !== undefined) return present;
    const fresh = answer(text);
    if (text.length > LONGEST_KEY) return fresh;
    if (known.size >= MOST_KEYS) known.clear();
    known.set(text, fresh);
    return fresh;
  };
}
