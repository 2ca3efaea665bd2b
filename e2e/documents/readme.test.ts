import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { Controller, createApp, Get, Param, type App } from '@sluice/core';
import { listDocuments, ROOT } from './list-documents';
import { readBlocks } from './read-blocks';
import { runBlock } from './run-block';

const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

describe('the example in the README', () => {
  let app: App;
  const printed: string[] = [];

  beforeAll(async () => {
    const print = jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
    const [example] = readBlocks(README, 'ts');
    ({ app } = await runBlock(example!.replace('port: 8000', 'port: 0')));
    print.mockRestore();
  });

  afterAll(() => app.close());

  it('has some 25 lines of code', () => {
    const lines = readBlocks(README, 'ts')[0]!
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(lines.length).toBeLessThanOrEqual(27);
  });

  it('prints what the README says', () => {
    const [shown] = readBlocks(README, 'text');
    expect(`${printed.join('\n').replace(/127\.0\.0\.1:\d+/, '127.0.0.1:8000')}\n`).toBe(shown);
  });

  it('answers what the README says', async () => {
    const url = /http:\S+/.exec(printed.at(-1)!)![0];
    const [, shown] = readBlocks(README, 'text');
    const note = await fetch(`${url}/notes/0`);
    expect([note.status, await note.text()]).toEqual([200, 'the first note']);
    for (const name of ['content-type', 'vary'])
      expect(shown!.toLowerCase()).toContain(`${name}: ${note.headers.get(name)!.toLowerCase()}`);
    const wrong = await fetch(`${url}/notes/first`);
    const problem = JSON.stringify({ ...((await wrong.json()) as object), instance: 'urn:uuid:…' });
    expect(shown).toContain(problem);
  });
});

describe('the start-up error in the README', () => {
  it('is a real one', async () => {
    @Controller('/notes')
    class NotesController {
      @Get('/:id')
      show(@Param('noteId') id: number) {
        return id;
      }

      @Get('/:which')
      latest() {
        return 'latest';
      }
    }

    const error = await createApp({ controllers: [NotesController] }).catch((one: unknown) => one);
    expect(`${String(error).trimEnd()}\n`).toBe(readBlocks(README, 'text')[2]);
  });
});

describe('the documents', () => {
  it('have links that lead somewhere, headings included', () => {
    expect(listDocuments().flatMap(findDeadLinks)).toEqual([]);
  });

  it('name files that exist', () => {
    const documents = listDocuments().filter((document) => document !== 'CHANGELOG.md');
    expect(documents.flatMap(findDeadPaths)).toEqual([]);
  });

  function findDeadPaths(document: string): string[] {
    const named = readProse(document).matchAll(
      /`((?:packages|e2e|samples|docs|benchmarks|\.ci)\/[\w./-]+)`/g,
    );
    const paths = [...named].map((match) => match[1]!);
    return paths.filter((name) => !existsSync(path.join(ROOT, name))).map((name) => `${document}: ${name}`);
  }

  function findDeadLinks(document: string): string[] {
    const markdown = readProse(document);
    const links = [...markdown.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map((match) => match[1]!);
    return links.filter((link) => !leadsSomewhere(document, link)).map((link) => `${document}: ${link}`);
  }

  function leadsSomewhere(document: string, link: string): boolean {
    const [file, heading] = link.split('#') as [string, string?];
    const target = file === '' ? document : path.join(path.dirname(document), file);
    if (!existsSync(path.join(ROOT, target))) return false;
    return heading === undefined || listAnchors(readProse(target)).includes(heading);
  }

  function readProse(document: string): string {
    return readFileSync(path.join(ROOT, document), 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
  }

  /** The anchors GitHub gives to headings: lower case, no punctuation, hyphens for spaces. */
  function listAnchors(markdown: string): string[] {
    return [...markdown.matchAll(/^#+ (.*)$/gm)].map((match) =>
      match[1]!
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );
  }
});

describe('every TypeScript block of the documents', () => {
  /** Blocks may leave out what a reader knows: names without declaration, and imports shown in an earlier block. */
  const LEFT_OUT = new Set([2304, 2552, 2503, 7006, 7031, 18004]);

  it('compiles against the packages', () => {
    const sources = new Map<string, string>();
    for (const document of listDocuments()) {
      for (const [index, block] of readBlocks(
        readFileSync(path.join(ROOT, document), 'utf8'),
        'ts',
      ).entries()) {
        sources.set(
          path.join(ROOT, 'e2e', `${document.replaceAll(/[/.]/g, '-')}-${index}.mts`),
          `${block}\nexport {};`,
        );
      }
    }
    expect(sources.size).toBeGreaterThan(10);
    expect(findFaults(sources).filter(({ code }) => !LEFT_OUT.has(code))).toEqual([]);
  }, 120_000);

  function findFaults(sources: ReadonlyMap<string, string>): { code: number; text: string }[] {
    const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile) as {
      config: object;
    };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
    const checked = {
      ...options,
      noUnusedLocals: false,
      noUnusedParameters: false,
      strictPropertyInitialization: false,
    };
    const host = ts.createCompilerHost(checked);
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (file) => sources.has(file) || fileExists.call(host, file);
    host.readFile = (file) => sources.get(file) ?? readFile.call(host, file);
    host.getSourceFile = (file, languageVersion, ...rest) => {
      const source = sources.get(file);
      return source === undefined
        ? getSourceFile.call(host, file, languageVersion, ...rest)
        : ts.createSourceFile(file, source, languageVersion);
    };
    const program = ts.createProgram([...sources.keys()], checked, host);
    return [...sources.keys()].flatMap((file) => {
      const source = program.getSourceFile(file)!;
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
        ({ code, messageText, start }) => ({
          code,
          text: `${path.basename(file)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')} at: ${source.text.slice(start, (start ?? 0) + 40)}`,
        }),
      );
    });
  }
});
