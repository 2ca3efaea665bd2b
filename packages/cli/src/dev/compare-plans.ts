/**
 * Compares two printed plans: the lines that only one of them has, first those that are gone (`- `), then those that are
 * new (`+ `). The width of columns does not count. Pure.
 */
export function comparePlans(before: string, after: string): string[] {
  const [old, now] = [readLines(before), readLines(after)];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
}

function readLines(plan: string): string[] {
  return plan.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, '  '));
}
