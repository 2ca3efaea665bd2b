import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type ts from 'typescript';

/** A tsconfig.json, with its text and those of the files that it extends. */
export interface FoundConfig {
  readonly file: string;
  readonly text: string;
}

/** Finds and reads the tsconfig.json of folders, each once. */
export class ConfigReader {
  private readonly found = new Map<string, FoundConfig | undefined>();
  private readonly options = new Map<string, ts.CompilerOptions>();

  /** The nearest tsconfig.json of a folder, without loading the compiler. */
  find(folder: string): FoundConfig | undefined {
    if (!this.found.has(folder)) {
      const file = path.join(folder, 'tsconfig.json');
      const parent = path.dirname(folder);
      const config = existsSync(file)
        ? { file, text: readWithExtended(file) }
        : parent === folder
          ? undefined
          : this.find(parent);
      this.found.set(folder, config);
    }
    return this.found.get(folder);
  }

  readOptions(typescript: typeof ts, file: string): ts.CompilerOptions {
    const known = this.options.get(file);
    if (known !== undefined) return known;
    const { config } = typescript.readConfigFile(file, (name) => typescript.sys.readFile(name)) as {
      config?: object;
    };
    // The list of files is not asked for: it would be searched.
    const { options } = typescript.parseJsonConfigFileContent(
      { ...config, files: [], include: [] },
      typescript.sys,
      path.dirname(file),
    );
    this.options.set(file, options);
    return options;
  }
}

/** The texts of a configuration and of those that it extends by a path. */
function readWithExtended(file: string, seen: readonly string[] = []): string {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [, list = ''] = /"extends"\s*:\s*(\[[^\]]*\]|"[^"]*")/.exec(text) ?? [];
  const extended = [...list.matchAll(/"(\.[^"]*)"/g)].map(([, name]) =>
    path.resolve(path.dirname(file), name!.endsWith('.json') ? name! : `${name!}.json`),
  );
  const others = extended.filter((one) => !seen.includes(one));
  return [text, ...others.map((one) => readWithExtended(one, [...seen, file]))].join('\0');
}
