import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOMS, SUBJECTS, type Permissions } from './rooms';

const ROOT = path.resolve(__dirname, '../../..');
const CORE = path.join(ROOT, 'packages', 'core', 'src');
const MOST_WORDS = 900;
/** A file with its extension, a folder with its slash, or anything below a folder of the repository. */
const PATH =
  /^(?:[\w./-]+\.(?:ts|md|[cm]?js)|(?:[\w.-]+\/)+|(?:packages|e2e|samples|docs|benchmarks|\.ci)\/[\w./-]+)$/;

const ARCHITECTURE = readDocument('docs/architecture.md');

describe.each(['docs/architecture.md', 'docs/reading.md', 'docs/decisions.md', 'CONTRIBUTING.md'])(
  '%s',
  (document) => {
    const lines = readDocument(document).split('\n');

    it('names files and folders that exist', () => {
      const missing = lines.flatMap(readPaths).filter((name) => findFile(name) === undefined);
      expect(missing).toEqual([]);
    });

    it('names functions that are in a file of the same line', () => {
      const missing = lines.flatMap((line) => {
        const sources = readPaths(line).flatMap((name) => readSource(name) ?? []);
        if (sources.length === 0) return [];
        return readNames(line).filter((name) => !sources.some((source) => source.includes(name)));
      });
      expect(missing).toEqual([]);
    });
  },
);

describe('docs/architecture.md', () => {
  it('has the import table of the rooms', () => {
    const shown = new Map(
      [...ARCHITECTURE.matchAll(/^\| `([a-z]+)` +\| (.+?) +\|$/gm)].map((row) => [row[1]!, row[2]!]),
    );
    const real = Object.entries(ROOMS).map(([room, permissions]) => [room, describePermissions(permissions)]);
    expect([...shown].filter(([room]) => room in ROOMS)).toEqual(real);
  });

  it('draws every room', () => {
    const drawing = /^```text\n([^]*?)^```$/m.exec(ARCHITECTURE)?.[1] ?? '';
    const drawn = [...drawing.matchAll(/\b([a-z]+)\/ /g)].map((match) => match[1]!);
    expect(drawn).toEqual(expect.arrayContaining([...Object.keys(ROOMS), 'app']));
  });

  it(`has at most ${MOST_WORDS} words`, () => {
    expect(ARCHITECTURE.split(/\s+/).length).toBeLessThanOrEqual(MOST_WORDS);
  });
});

function readDocument(name: string): string {
  return readFileSync(path.join(ROOT, name), 'utf8');
}

/** The files and folders that a line names in code spans. */
function readPaths(line: string): string[] {
  return readSpans(line).filter((span) => PATH.test(span));
}

/** The functions that a line names in code spans. */
function readNames(line: string): string[] {
  return readSpans(line).filter((span) => /^[a-z]+[A-Z]\w*$/.test(span));
}

function readSpans(line: string): string[] {
  return [...line.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
}

/** Names are relative to the repository, or to the sources of core. */
function findFile(name: string): string | undefined {
  return [ROOT, CORE].map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

function readSource(name: string): string | undefined {
  const file = findFile(name);
  return file?.endsWith('.ts') ? readFileSync(file, 'utf8') : undefined;
}

function describePermissions(permissions: Permissions): string {
  const hasAllSubjects = Object.keys(SUBJECTS).every((room) => permissions[room] === 'all');
  const named = Object.entries(permissions)
    .filter(([room]) => !(hasAllSubjects && room in SUBJECTS))
    .map(([room, what]) => (what === 'types' ? `${room} (types only)` : room));
  return [...(hasAllSubjects ? ['every subject'] : []), ...named].join(', ') || 'nothing';
}
