import { existsSync } from 'node:fs';
import path from 'node:path';
import { readImports } from './source-files';

/** Every group of files that import each other in a circle, type imports included: Tarjan's strong components. */
export function findCircles(files: readonly string[]): string[][] {
  const circles: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  for (const file of files) if (!order.has(file)) visit(file);
  return circles;

  function visit(file: string): void {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    const targets = listTargets(file);
    for (const target of targets) {
      if (!order.has(target)) {
        visit(target);
        lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!));
      } else if (open.includes(target)) {
        lowest.set(file, Math.min(lowest.get(file)!, order.get(target)!));
      }
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1 || targets.includes(file)) circles.push(circle.sort());
  }
}

/** The files that the file imports by a relative path. */
function listTargets(file: string): string[] {
  return readImports(file)
    .filter(({ from }) => from.startsWith('.'))
    .map(({ from }) => path.resolve(path.dirname(file), from))
    .flatMap((target) => [`${target}.ts`, path.join(target, 'index.ts')])
    .filter((target) => existsSync(target));
}
