import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type ts from 'typescript';
import { CliError } from '../cli-error';
import { ConfigReader } from './config-reader';
import type { ModuleFormat } from './module-format';

type TypeScript = typeof ts;

/**
 * Turns the TypeScript of a project into JavaScript, with the compiler that the project has and the options of its
 * tsconfig.json, so that decorators get their metadata. It does not check types. Its output is kept in
 * node_modules/.cache/sluice, by the hash of everything that it depends on.
 */
export class Compiler {
  private readonly cache: string;
  private readonly require: NodeJS.Require;
  private readonly version: string;
  private readonly configs = new ConfigReader();
  private loaded: TypeScript | undefined;

  /** Throws CliError if the project has no TypeScript that can do it. */
  constructor(folder: string) {
    this.cache = path.join(folder, 'node_modules', '.cache', 'sluice');
    this.require = createRequire(path.join(folder, 'package.json'));
    this.version = this.findVersion(folder);
  }

  /** Compiles a file. Throws SyntaxError that names file and line. */
  compile(file: string, format: ModuleFormat): string {
    const source = readFileSync(file, 'utf8');
    const config = this.configs.find(path.dirname(file));
    const key = [this.version, config?.text ?? '', file, format, source].join('\0');
    const cached = path.join(this.cache, `${createHash('sha256').update(key).digest('hex')}.js`);
    try {
      return readFileSync(cached, 'utf8');
    } catch {
      const output = this.transpile(file, source, format, config?.file);
      writeWhole(cached, output);
      return output;
    }
  }

  /** Loads the compiler of the project, which takes longer than to compile a file. */
  load(): TypeScript {
    return (this.loaded ??= this.require('typescript') as TypeScript);
  }

  private transpile(
    file: string,
    source: string,
    format: ModuleFormat,
    configFile: string | undefined,
  ): string {
    const typescript = this.load();
    const { outputText, sourceMapText, diagnostics } = typescript.transpileModule(source, {
      // The extension decides the format.
      fileName: file.replace(/\.[mc]?ts$/, format === 'module' ? '.mts' : '.cts'),
      reportDiagnostics: true,
      compilerOptions: {
        ...(configFile === undefined ? {} : this.configs.readOptions(typescript, configFile)),
        ...FIXED,
        module: typescript.ModuleKind.NodeNext,
        moduleResolution: typescript.ModuleResolutionKind.NodeNext,
      },
    });
    const [fault] = (diagnostics ?? []).filter(({ code }) => code >= 1000 && code < 1300);
    if (fault !== undefined) throw describeSyntax(typescript, fault, file);
    return addMap(outputText, sourceMapText ?? '{}', file);
  }

  private findVersion(folder: string): string {
    try {
      const { version } = this.require('typescript/package.json') as { version: string };
      if (Number(version.split('.')[0]) < 7) return version;
    } catch {
      // Described below.
    }
    throw new CliError(
      `The application is TypeScript, and ${folder} has no typescript 5 or 6 that could compile it.`,
      'npm install --save-dev typescript@6, or build the project and name the JavaScript: sluice routes dist/main.js',
    );
  }
}

/** Options that only matter to a build, or would change the form of the output. */
const FIXED = {
  sourceMap: true,
  inlineSourceMap: false,
  isolatedModules: true,
  noEmit: false,
  emitDeclarationOnly: false,
  declaration: false,
  composite: false,
  incremental: false,
  rewriteRelativeImportExtensions: false,
} as const;

function describeSyntax(typescript: TypeScript, fault: ts.Diagnostic, file: string): SyntaxError {
  const { line, character } = fault.file!.getLineAndCharacterOfPosition(fault.start!);
  const text = typescript.flattenDiagnosticMessageText(fault.messageText, '\n');
  return new SyntaxError(`${file}:${line + 1}:${character + 1}: ${text}`);
}

/** Puts the map into the file, with the path of the source, so that stacks name the TypeScript. */
function addMap(output: string, mapText: string, file: string): string {
  const map = { ...(JSON.parse(mapText) as object), sources: [pathToFileURL(file).href] };
  const data = Buffer.from(JSON.stringify(map)).toString('base64');
  const code = output.slice(0, output.lastIndexOf('//# sourceMappingURL='));
  return `${code}//# sourceMappingURL=data:application/json;base64,${data}\n`;
}

/** Several processes may do this at once, so the file appears whole. Without a place to keep it, it is compiled again. */
function writeWhole(file: string, text: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // A folder that cannot be written to.
  }
}
