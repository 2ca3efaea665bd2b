// The words that `npm run check -- words` refuses, each with what to write instead. CONTRIBUTING.md gives the rule.
const OPENER = String.raw`(?:^\s*(?:/\*\*|\*|//|[-*]|\d+\.|>)?\s*|/\*\* |// |[.:;] (?:\*\*)?)`;

/** `find` is looked for line by line; a rule for sentences leaves questions and headings alone. */
export const RULES = [
  { find: /\bcan not\b/i, say: 'cannot' },
  { find: /(?<!\bthere )\b(?:is|are|was|were|be) no (?!longer\b|more\b)/i, say: 'is not a …' },
  { find: /\b(?:nobody|whom|whomever|whoever)\b/i, say: 'a noun: no code, the client, a caller' },
  { find: /\b(?:tell|tells|told)\b/i, say: 'reports, says, shows' },
  { find: /\b(?:stands?|stood)\b(?!-)/i, say: 'is, appears, means' },
  { find: /\b(?:is|are|was|were|be) had\b/i, say: 'how one gets it' },
  { find: /\b(?:is|are|was|were|be) due\b(?! to\b)/i, say: 'expected' },
  { find: /\bmend(?:s|ed|ing)?\b/i, say: 'fix' },
  { find: /\b(?:problem|error|fault)s? more\b/i, say: 'another problem' },
  {
    find: new RegExp(`${OPENER}(?:What|Whose|Who|Of) (?!course\\b)[a-z\`@]`),
    say: 'a sentence with its subject first',
    sentence: true,
  },
  { find: /(?:\/\*\*|\/\/) Where [a-z`@]/, say: 'a noun: The place where …', sentence: true },
  {
    find: /\b(?:it|test|describe)(?:\.each\([^()]*\))?\(\s*['"`](?:what|whose|of|where|that) /i,
    say: 'a title that reads as a sentence',
    sentence: true,
  },
];

/** Lines that may keep a refused word: the file, and a part of the line. Fewer than ten. */
export const ALLOWED = [];
