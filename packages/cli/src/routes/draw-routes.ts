import type { RoutePlan } from '@sluice/core';

/**
 * Draws routes as a Mermaid flowchart. Middleware that several routes begin with is drawn once, so the drawing shows
 * where their ways part. Pure.
 */
export function drawRoutes(routes: readonly RoutePlan[]): string {
  const lines = ['flowchart LR', '  request([request])'];
  const ids = new Map<string, string>();
  for (const [index, { info, steps, version }] of routes.entries()) {
    let from = 'request';
    let way = '';
    for (const step of steps) {
      if (step.kind === 'handler') continue;
      way += `\0${step.name}`;
      const known = ids.get(way);
      const id = known ?? `s${ids.size + 1}`;
      if (known === undefined) {
        ids.set(way, id);
        lines.push(`  ${id}["${escapeLabel(step.name)}"]`, `  ${from} --> ${id}`);
      }
      from = id;
    }
    const method = info.method === 'ALL' ? '*' : info.method;
    // As in the printed plan: one in the path is not repeated.
    const shown = version === undefined || version.by.type === 'path' ? '' : ` (version ${version.name})`;
    const label = `${method} ${info.host ?? ''}${info.path}${shown}`;
    lines.push(`  r${index + 1}(["${escapeLabel(label)}<br/>${escapeLabel(info.name)}"])`);
    lines.push(`  ${from} --> r${index + 1}`);
  }
  return lines.join('\n');
}

/** Mermaid has codes for characters that would end a label. */
function escapeLabel(text: string): string {
  return text.replaceAll(/[#"<>&]/g, (character) => `#${character.charCodeAt(0)};`);
}
