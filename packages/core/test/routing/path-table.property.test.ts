import fc from 'fast-check';
import { parsePathPattern, type PathPattern } from '../../src/routing/path-pattern';
import { PathTable } from '../../src/routing/path-table';

const literals = fc.constantFrom('a', 'b', 'c');
const patterns = fc
  .tuple(fc.array(fc.oneof(literals, fc.constant(':')), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([segments, hasRest]) => {
    const named = segments.map((segment, index) => (segment === ':' ? `:p${index}` : segment));
    return `/${[...named, ...(hasRest ? ['*'] : [])].join('/')}`;
  });
const paths = fc
  .array(fc.oneof(literals, fc.constantFrom('x', '')), { minLength: 1, maxLength: 6 })
  .map((segments) => `/${segments.join('/')}`);

/** Sorts a literal before a parameter, and a parameter before the rest. */
const RANK = (segment: string): string => (segment === '*' ? '2' : segment.startsWith(':') ? '1' : '0');

/** Tries every pattern and returns the most specific one, compared segment by segment. */
function findSlowly(all: readonly PathPattern[], path: string): PathPattern | undefined {
  const asked = path.slice(1).split('/');
  const matching = all.filter(({ segments }) => {
    const isRest = segments.at(-1) === '*';
    if (isRest ? asked.length < segments.length : asked.length !== segments.length) return false;
    return segments.every(
      (segment, index) =>
        segment === '*' || (segment.startsWith(':') ? asked[index] !== '' : segment === asked[index]),
    );
  });
  const rank = (pattern: PathPattern): string => pattern.segments.map(RANK).join('');
  return matching.sort((one, other) => (rank(one) < rank(other) ? -1 : 1))[0];
}

describe('any set of paths', () => {
  it('finds what trying every pattern would find, in any order of registration', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(patterns, { minLength: 1, maxLength: 12, selector: shapeOf }),
        paths,
        (texts, path) => {
          const all = texts.map((text) => parsePathPattern('', text) as PathPattern);
          const table = new PathTable<PathPattern>();
          for (const pattern of all) table.add('GET', pattern, pattern);
          const expected = findSlowly(all, path);
          const found = table.find('GET', path);
          expect(found?.value.path).toBe(expected?.path);
          const asked = path.slice(1).split('/');
          expect(found?.parameters).toEqual(
            expected?.segments.flatMap((segment, index) => (segment.startsWith(':') ? [asked[index]] : [])),
          );
          expect(table.findAllowed(path)).toEqual(
            expected === undefined ? [] : expect.arrayContaining(['GET', 'OPTIONS']),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads or refuses any text as a pattern, without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (prefix, path) => {
        const pattern = parsePathPattern(prefix, path);
        if (typeof pattern !== 'string') expect(pattern.path).toMatch(/^\/[\x21-\x7e]*$/);
      }),
    );
  });
});

function shapeOf(text: string): string {
  return (parsePathPattern('', text) as PathPattern).shape;
}
