/** `fault`: it does not work. `warning`: it can fail in production. `hint`: it may be better. `fine`: it was looked at. */
export type Level = 'fault' | 'warning' | 'hint' | 'fine';

/** One thing that the doctor has looked at. */
export interface Finding {
  /** Never changes; docs/cli.md explains each. */
  readonly code: string;
  readonly level: Level;
  /** Says what it is, as a sentence. */
  readonly text: string;
  /** Says what to do. Left out where it is fine. */
  readonly cure?: string;
}

/** Prints findings, one or two lines each. Pure. */
export function printFindings(findings: readonly Finding[]): string {
  const lines = findings.map(({ code, level, text, cure }) => {
    const head = `${level.padEnd(7)}  ${code}  ${indent(text)}`;
    return cure === undefined ? head : `${head}\n         ${indent(cure)}`;
  });
  return [...lines, '', countLevels(findings)].join('\n');
}

/** `1 fault, 2 warnings, 3 hints`. */
function countLevels(findings: readonly Finding[]): string {
  return (['fault', 'warning', 'hint'] as const)
    .map((level) => {
      const count = findings.filter((one) => one.level === level).length;
      return `${count} ${level}${count === 1 ? '' : 's'}`;
    })
    .join(', ');
}

function indent(text: string): string {
  return text.trim().replaceAll('\n', '\n         ');
}
