// `npm run check -- words`: plain English in sources, tests and documents, by the rules of words.mjs.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './install.mjs';
import { ALLOWED, RULES } from './words.mjs';

const CHECKED = /\.(?:ts|cts|mts|mjs|cjs|md|yml)$/;
/** The rules themselves, and texts that are not ours. */
const NOT_CHECKED =
  /^(?:\.ci\/words\.mjs|e2e\/repository\/words\.test\.ts|e2e\/data\/|benchmarks\/results\/)/;

/** Every refused word in the files that git knows, below the folders given; all of them by default. */
export function checkWords(...folders) {
  const options = { cwd: ROOT, encoding: 'utf8' };
  const known = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...folders], options);
  const files = known.split('\n').filter((file) => CHECKED.test(file) && !NOT_CHECKED.test(file));
  const found = files.flatMap((file) => findInText(readText(file)).map((one) => ({ file, ...one })));
  const faults = found.filter((one) => !ALLOWED.some((may) => isAllowed(one, may)));
  const lines = faults.map(({ file, line, words, say }) => `${file}:${line}: "${words}": write ${say}`);
  const unused = ALLOWED.filter((may) => !found.some((one) => isAllowed(one, may)));
  lines.push(
    ...unused.map(
      ({ file, text }) => `.ci/words.mjs: ${file} no longer contains "${text}"; remove it from ALLOWED`,
    ),
  );
  return { code: lines.length === 0 ? 0 : 1, output: lines.join('\n') };
}

/** The refused words of a text: the line, what was found, and what to write. */
export function findInText(text) {
  return text.split('\n').flatMap((content, index) =>
    RULES.flatMap(({ find, say, sentence }) => {
      if (sentence && (content.includes('?') || content.startsWith('#'))) return [];
      const words = find.exec(content)?.[0].trim();
      return words ? [{ line: index + 1, content, words, say }] : [];
    }),
  );
}

function isAllowed({ file, content }, may) {
  return may.file === file && content.includes(may.text);
}

function readText(file) {
  try {
    return readFileSync(path.join(ROOT, file), 'utf8');
  } catch {
    return ''; // Deleted, but not yet from git's index.
  }
}
