/** One metric of a scrape. */
export interface ScrapedFamily {
  readonly type: string;
  readonly help: string;
  /** By the name of the sample with its labels, as they are written. */
  readonly samples: Map<string, number>;
}

const HEAD = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/s;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.+)\})? (\S+)$/s;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(?:,|$)/y;
const NUMBER = /^(?:NaN|[+-]Inf|-?\d+(?:\.\d+)?(?:e[+-]\d+)?)$/;
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  untyped: [''],
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};

/** Reads the text format 0.0.4 of Prometheus, and throws where the text is not exactly that. */
export function parseExposition(text: string): Map<string, ScrapedFamily> {
  const families = new Map<string, ScrapedFamily>();
  if (text.includes('\0')) throw new Error('Prometheus stops at NUL.');
  if (!text.endsWith('\n')) throw new Error('The last line has no end.');
  const lines = text.slice(0, -1).split('\n');
  let current: { name: string; family: ScrapedFamily } | undefined;
  for (const [index, line] of lines.entries()) {
    const [, word, name = '', rest = ''] = HEAD.exec(line) ?? [];
    if (word === 'HELP') {
      if (families.has(name)) throw new Error(`There are two groups of ${name}.`);
      const [, next, same, type = ''] = HEAD.exec(lines[index + 1] ?? '') ?? [];
      if (next !== 'TYPE' || same !== name || !(type in SUFFIXES)) throw new Error(`${name} has no type.`);
      current = { name, family: { type, help: rest, samples: new Map() } };
      families.set(name, current.family);
    } else if (word === 'TYPE') {
      if (current?.name !== name || current.family.samples.size > 0) throw new Error(`A stray ${line}`);
    } else if (line.startsWith('#')) throw new Error(`An unknown comment: ${line}`);
    else readSample(line, current);
  }
  for (const [name, { type, samples }] of families) {
    if (samples.size === 0) throw new Error(`${name} is empty.`);
    if (type === 'histogram') checkHistogram(name, samples);
  }
  return families;
}

/** The labels of a sample, unescaped. */
export function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const [, name, value] = LABEL.exec(text) ?? [];
    if (name === undefined || name in labels) throw new Error(`The labels are malformed: ${text}`);
    labels[name] = value!.replace(/\\(.)/gs, (_, character: string) =>
      character === 'n' ? '\n' : character,
    );
  }
  return labels;
}

function readSample(line: string, current: { name: string; family: ScrapedFamily } | undefined): void {
  const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
  if (current === undefined) throw new Error(`A sample without a metric: ${line}`);
  const { type, samples } = current.family;
  if (!SUFFIXES[type]!.some((suffix) => current.name + suffix === name))
    throw new Error(`${JSON.stringify(line)} is not of ${current.name}.`);
  if (!NUMBER.test(value)) throw new Error(`${line} has no number.`);
  parseLabels(labels);
  const key = line.slice(0, line.length - value.length - 1);
  if (samples.has(key)) throw new Error(`${key} is there twice.`);
  samples.set(key, value === '+Inf' ? Infinity : value === '-Inf' ? -Infinity : Number(value));
}

/** The buckets of each series rise, and the last one is the count. */
function checkHistogram(name: string, samples: ReadonlyMap<string, number>): void {
  const last = new Map<string, { bound: number; count: number }>();
  for (const [key, count] of samples) {
    if (!key.startsWith(`${name}_bucket{`)) continue;
    const { le = '', ...others } = parseLabels(key.slice(name.length + 8, -1));
    const series = JSON.stringify(others);
    const bound = le === '+Inf' ? Infinity : Number(le);
    const before = last.get(series);
    if (before !== undefined && (before.bound >= bound || before.count > count))
      throw new Error(`${key} does not rise.`);
    last.set(series, { bound, count });
  }
  for (const [key, count] of samples) {
    if (!key.startsWith(`${name}_count`)) continue;
    const braces = key.slice(name.length + 6);
    const series = JSON.stringify(parseLabels(braces.slice(1, -1)));
    if (last.get(series)?.bound !== Infinity || last.get(series)?.count !== count)
      throw new Error(`${key} is not its last bucket.`);
  }
}
