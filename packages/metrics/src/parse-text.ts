/** One line of numbers. */
export interface Sample {
  readonly name: string;
  /** As they are written, without the braces. */
  readonly labels: string;
  readonly value: number;
}

/** A metric with all of its lines, wherever they were. */
export interface ParsedFamily {
  readonly name: string;
  type: string;
  help: string;
  readonly samples: Sample[];
}

const COMMENT = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*)(?: (.*))?$/s;
const NAME = /^[a-zA-Z_:][\w:]*/;
const LABEL = /[ \t]*([a-zA-Z_]\w*)[ \t]*=[ \t]*("(?:[^"\\\n]|\\["\\n])*")[ \t]*(?:,|(?=\}))/y;
const LABELS = new RegExp(`^[ \\t]*\\{((?:${LABEL.source})*)[ \\t]*\\}`);
const EACH_LABEL = new RegExp(LABEL, 'gy');
/** The last line of OpenMetrics. */
const END = /^# EOF\r?$/m;
const TYPES = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped']);
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  histogram: ['_bucket', '_count', '_sum'],
  summary: ['_count', '_sum'],
};

/**
 * Parses the text format 0.0.4 of Prometheus, or OpenMetrics. Lines that are of neither, values that are not finite, times
 * and exemplars are left out. The metrics are in the order of their first line; one may be without samples.
 */
export function parseText(text: string): ParsedFamily[] {
  const families = new Map<string, ParsedFamily>();
  const isOpenMetrics = END.test(text);
  const open = (name: string): ParsedFamily => {
    const family = families.get(name) ?? { name, type: 'untyped', help: '', samples: [] };
    families.set(name, family);
    return family;
  };
  for (const line of text.replaceAll('\0', '\uFFFD').split(/\r?\n/)) {
    const [, word, name = '', rest = ''] = COMMENT.exec(line) ?? [];
    if (word === 'HELP') open(name).help = unescapeHelp(rest);
    else if (word === 'TYPE') {
      const type = TYPES.has(rest) ? rest : 'untyped';
      const { help } = Object.assign(open(name), { type });
      // There, the samples of a counter have a name of their own.
      if (isOpenMetrics && type === 'counter') Object.assign(open(`${name}_total`), { type, help });
    }
    const sample = word === undefined ? parseSample(line.trim()) : undefined;
    if (sample !== undefined) open(findFamily(sample.name, families)).samples.push(sample);
  }
  return [...families.values()];
}

/** The names of the samples that a metric may have. */
export function listNames({ name, type }: Pick<ParsedFamily, 'name' | 'type'>): string[] {
  return [name, ...(SUFFIXES[type] ?? []).map((suffix) => name + suffix)];
}

function parseSample(line: string): Sample | undefined {
  const [name = ''] = NAME.exec(line) ?? [];
  let rest = line.slice(name.length);
  const [braces = '', labels = ''] = LABELS.exec(rest) ?? [];
  // Behind `#` is an exemplar.
  rest = rest.slice(braces.length).split('#', 1)[0]!;
  const [value = '', time = '0', ...more] = rest.trim().split(/[ \t]+/);
  const isSample = name !== '' && value !== '' && (braces !== '' || /^[ \t]/.test(rest));
  if (!isSample || more.length > 0 || !Number.isFinite(Number(value)) || !Number.isFinite(Number(time)))
    return undefined;
  // The last one ends where the brace was.
  const pairs = Array.from(`${labels}}`.matchAll(EACH_LABEL), ([, label, text]) => `${label}=${text}`);
  return { name, labels: pairs.join(','), value: Number(value) };
}

function findFamily(sample: string, families: ReadonlyMap<string, ParsedFamily>): string {
  if (families.has(sample)) return sample;
  const base = sample.slice(0, Math.max(0, sample.lastIndexOf('_')));
  const type = families.get(base)?.type ?? 'untyped';
  return SUFFIXES[type]?.includes(sample.slice(base.length)) ? base : sample;
}

function unescapeHelp(text: string): string {
  return text.replace(/\\([\\n])/g, (_, character: string) => (character === 'n' ? '\n' : '\\'));
}
