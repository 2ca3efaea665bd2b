/** The function that disposes of a value (`Symbol.asyncDispose`, else `Symbol.dispose`); undefined if it has neither. */
export function findDispose(value: unknown): (() => unknown) | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const disposable = value as { [Symbol.asyncDispose]?: unknown; [Symbol.dispose]?: unknown };
  const dispose = disposable[Symbol.asyncDispose] ?? disposable[Symbol.dispose];
  return typeof dispose === 'function' ? () => dispose.call(value) as unknown : undefined;
}
