// How wide a text is without a browser: an upper estimate for the sans-serif fonts of the common systems. The widest
// of them, DejaVu Sans, gives the numbers; e2e/browser/charts.test.ts measures what a browser makes of them.
const CLASSES = [
  [/[ijl.,:;'|!]/, 0.34],
  [/[frt()[\]/ -]/, 0.42],
  [/[mwMW%@…]/, 1],
  [/[A-Z0-9µ≥±÷−+=]/, 0.76],
];
const OTHER = 0.65;
const BOLD = 1.1;

/** The width of a text in pixels at a font size. */
export function estimateWidth(text, size, isBold = false) {
  const ems = [...text].reduce((sum, character) => sum + findEms(character), 0);
  return ems * size * (isBold ? BOLD : 1);
}

/** The text in lines that fit the width, broken at spaces, and within a word that is wider than a line. */
export function wrapText(text, width, size, isBold = false) {
  const fits = (line) => estimateWidth(line, size, isBold) <= width;
  const lines = [];
  for (const word of text.split(' ').flatMap((each) => breakWord(each, fits))) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function breakWord(word, fits) {
  const pieces = [''];
  for (const character of word) {
    if (fits(pieces.at(-1) + character)) pieces[pieces.length - 1] += character;
    else pieces.push(character);
  }
  return pieces;
}

function findEms(character) {
  return CLASSES.find(([pattern]) => pattern.test(character))?.[1] ?? OTHER;
}
