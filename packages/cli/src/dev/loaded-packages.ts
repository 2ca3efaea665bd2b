/** These read nothing of their surroundings when they are loaded, so it does not matter that a program has not begun. */
const LOADABLE = /[\\/]node_modules[\\/](@sluice[\\/][a-z-]+|class-(?:validator|transformer))[\\/]/;

/** Lists the packages, among the files that a program has loaded, that the next one may load before its first line. */
export function listLoaded(files: readonly string[]): string[] {
  const names = files.map((file) => LOADABLE.exec(file)?.[1]?.replace('\\', '/'));
  return [...new Set(names)].filter((name) => name !== undefined);
}

/** Loads packages. One that the project does not have itself is left to the code that needs it. */
export function loadPackages(load: (name: string) => unknown, names: readonly string[]): void {
  for (const name of names) {
    try {
      load(name);
    } catch {
      // The program reports it when it needs the package.
    }
  }
}
