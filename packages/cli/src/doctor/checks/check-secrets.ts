import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../finding';
import { readText } from '../read-files';

type Environment = Readonly<Record<string, string | undefined>>;

const SECRET = /(?:^|_)(?:SECRET|SECRET_KEY|SIGNING_KEY|SESSION_KEY)(?:_|$)/;
/** A variable that says where the secret is, as SESSION_SECRET_FILE. */
const ELSEWHERE = /_(?:FILE|PATH|DIR|NAME|ID|ARN|URL)$/;
const WELL_KNOWN = /change.?me|secret|password|development|example|default|^(.)\1*$/i;
const SHORTEST = 32;
const CURE =
  "Make another one: node -e \"console.log(require('node:crypto').randomBytes(32).toString('base64url'))\"";

/** Judges the secrets of the environment. Never prints one. Pure. */
export function checkEnvironment(environment: Environment): Finding[] {
  return Object.entries(environment).flatMap(([name, value]): Finding[] => {
    if (value === undefined || !SECRET.test(name) || ELSEWHERE.test(name)) return [];
    const fault =
      value.length < SHORTEST
        ? `has ${value.length} characters`
        : WELL_KNOWN.test(value)
          ? 'is easy to guess'
          : undefined;
    const text = `${name} of the environment ${fault ?? 'is long enough'}.`;
    if (fault === undefined) return [{ code: 'SECRET', level: 'fine', text }];
    return [{ code: 'SECRET', level: 'warning', text, cure: CURE }];
  });
}

/** Finds out whether git would take the file with the secrets. */
export function checkIgnored(folder: string): Finding[] {
  if (!existsSync(path.join(folder, '.env'))) return [];
  if (isIgnored(folder)) return [{ code: 'ENV_FILE', level: 'fine', text: '.env is in .gitignore.' }];
  return [
    {
      code: 'ENV_FILE',
      level: 'warning',
      text: '.env is not in .gitignore, so its secrets can get into the repository.',
      cure: 'Write .env into .gitignore. If it has been committed, replace its secrets.',
    },
  ];
}

/** Reads the .gitignore of the folder, and of those above it in its repository. */
function isIgnored(folder: string): boolean {
  if (hasLine(folder, /^(?:\*\*)?\/?\*?\.env\*?$/)) return true;
  let isFound = false;
  for (let place = folder; !existsSync(path.join(place, '.git'));) {
    const parent = path.dirname(place);
    // Outside of a repository only the one beside it will count.
    if (parent === place) return false;
    place = parent;
    // With a slash at its beginning, a line is about that folder only.
    isFound ||= hasLine(place, /^(?:\*\*\/)?\*?\.env\*?$/);
  }
  return isFound;
}

function hasLine(folder: string, pattern: RegExp): boolean {
  const lines = readText(path.join(folder, '.gitignore'))?.split(/\r?\n/) ?? [];
  return lines.some((line) => pattern.test(line.trim()));
}
