import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../finding';

type Environment = Readonly<Record<string, string | undefined>>;

const SECRET = /(?:^|_)(?:SECRET|SECRET_KEY|SIGNING_KEY|SESSION_KEY)(?:_|$)/;
const WELL_KNOWN = /change.?me|secret|password|development|example|default|^(.)\1*$/i;
const SHORTEST = 32;
const CURE =
  "Make another one: node -e \"console.log(require('node:crypto').randomBytes(32).toString('base64url'))\"";

/** Judges the secrets of the environment. Never prints one. Pure. */
export function checkEnvironment(environment: Environment): Finding[] {
  return Object.entries(environment).flatMap(([name, value]): Finding[] => {
    if (value === undefined || !SECRET.test(name)) return [];
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
  const file = path.join(folder, '.gitignore');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : [];
  const isIgnored = lines.some((line) => /^(?:\*\*)?\/?\*?\.env\*?$/.test(line.trim()));
  if (isIgnored) return [{ code: 'ENV_FILE', level: 'fine', text: '.env is in .gitignore.' }];
  return [
    {
      code: 'ENV_FILE',
      level: 'warning',
      text: '.env is not in .gitignore, so its secrets can get into the repository.',
      cure: 'Write .env into .gitignore. If it has been committed, replace its secrets.',
    },
  ];
}
