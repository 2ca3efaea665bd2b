import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Compiler } from '../../src/typescript/compiler';
import { findFormat } from '../../src/typescript/module-format';
import { findSource, isSource } from '../../src/typescript/find-source';

const TYPESCRIPT = path.resolve(__dirname, '../../../../node_modules/typescript');
const SOURCE = `import { Get } from './get.js';
class Notes { @Get() show(id: number): void { void import('./late.js'); } }
export const notes = new Notes();
`;

describe('the compiler', () => {
  let folder: string;
  const place = (name: string): string => path.join(folder, name);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sluice-compiler-'));
    mkdirSync(place('node_modules'));
    symlinkSync(TYPESCRIPT, place('node_modules/typescript'), 'junction');
    const compilerOptions = { experimentalDecorators: true, emitDecoratorMetadata: true, target: 'es2022' };
    writeFileSync(place('base.json'), JSON.stringify({ compilerOptions }));
    writeFileSync(place('tsconfig.json'), JSON.stringify({ extends: './base' }));
    writeFileSync(place('notes.ts'), SOURCE);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('emits the metadata of decorators, for CommonJS and for ESM', () => {
    const compiler = new Compiler(folder);
    const required = compiler.compile(place('notes.ts'), 'commonjs');
    expect(required).toContain('"design:paramtypes", [Number]');
    expect(required).toContain('require("./get.js")');
    // It stays an import: a module of ESM may have top-level await.
    expect(required).toContain("import('./late.js')");
    const imported = compiler.compile(place('notes.ts'), 'module');
    expect(imported).toContain('"design:paramtypes", [Number]');
    expect(imported).toContain("from './get.js'");
  });

  it('keeps what it has compiled until something changes that it depends on', () => {
    const compile = (): void => void new Compiler(folder).compile(place('notes.ts'), 'module');
    const count = (): number => readdirSync(place('node_modules/.cache/sluice')).length;
    compile();
    compile();
    expect(count()).toBe(1);
    writeFileSync(place('notes.ts'), `${SOURCE}export const more = 1;\n`);
    compile();
    expect(count()).toBe(2);
    writeFileSync(place('base.json'), '{ "compilerOptions": { "experimentalDecorators": true } }');
    compile();
    expect(count()).toBe(3);
  });

  it('names the file and the line of a syntax error', () => {
    writeFileSync(place('notes.ts'), 'const a = 1;\nclass {');
    expect(() => new Compiler(folder).compile(place('notes.ts'), 'module')).toThrow(
      /notes\.ts:2:\d+: .*expected/,
    );
  });

  it('maps its output to the source', () => {
    const output = new Compiler(folder).compile(place('notes.ts'), 'module');
    const [, data] = /sourceMappingURL=data:application\/json;base64,(.*)\n$/.exec(output)!;
    const { sources } = JSON.parse(Buffer.from(data!, 'base64').toString()) as { sources: string[] };
    expect(sources).toEqual([expect.stringMatching(/^file:.*\/notes\.ts$/)]);
  });

  it('is refused, with a cure, where the project has none that fits', () => {
    rmSync(place('node_modules/typescript'), { recursive: true });
    expect(() => new Compiler(folder)).toThrow('no typescript 5 or 6');
    mkdirSync(place('node_modules/typescript'));
    writeFileSync(place('node_modules/typescript/package.json'), '{ "version": "7.0.1" }');
    expect(() => new Compiler(folder)).toThrow('no typescript 5 or 6');
  });

  it('takes the format from the extension, and then from package.json', () => {
    expect([findFormat(place('a.mts')), findFormat(place('a.cts'))]).toEqual(['module', 'commonjs']);
    writeFileSync(place('package.json'), '{ "type": "module" }');
    expect(findFormat(place('a.ts'))).toBe('module');
    writeFileSync(place('package.json'), '{}');
    expect(findFormat(place('src/a.ts'))).toBe('commonjs');
  });

  it('finds the source that an import of its output means', () => {
    expect(findSource(place('notes.js'))).toBe(place('notes.ts'));
    expect([findSource(place('other.js')), findSource(place('notes'))]).toEqual([undefined, undefined]);
    expect([isSource('/a/b.mts'), isSource('/a/node_modules/b.ts'), isSource('/a/b.js')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
