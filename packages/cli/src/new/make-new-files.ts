import { checkFunctionName, checkPackageName, dropEnding, type Names } from './names';
import type { Style } from './style';

export const KINDS = ['controller', 'middleware', 'package'] as const;

export type Kind = (typeof KINDS)[number];

/** New files, and what is left to do by hand. */
export interface NewFiles {
  /** Their contents, by their paths in the project. */
  readonly files: ReadonlyMap<string, string>;
  readonly next: string;
}

/** Makes the files of something new. Pure. Throws CliError. */
export function makeNewFiles(kind: Kind, names: Names, style: Style, version: string): NewFiles {
  switch (kind) {
    case 'controller':
      return makeController(dropEnding(names, 'controller'), style);
    case 'middleware':
      return makeMiddleware(dropEnding(names, 'middleware'), style);
    case 'package':
      return makePackage(names, version);
  }
}

function makeController({ kebab, pascal }: Names, { js, testImports }: Style): NewFiles {
  const name = `${kebab}-controller`;
  const source = `import { Controller, Get } from '@sluice/core';

@Controller('/${kebab}')
export class ${pascal}Controller {
  @Get()
  list() {
    return [];
  }
}
`;
  const test = `${testImports}import { testApp } from '@sluice/testing';
import { ${pascal}Controller } from '../src/${name}${js}';

it('answers GET /${kebab}', async () => {
  await using app = await testApp({ controllers: [${pascal}Controller] });
  const response = await app.client().get('/${kebab}');
  expect([response.status, await response.json()]).toEqual([200, []]);
});
`;
  return {
    files: new Map([
      [`src/${name}.ts`, source],
      [`test/${name}.test.ts`, test],
    ]),
    next: `Add it to the application: createApp({ controllers: [${pascal}Controller] })`,
  };
}

function makeMiddleware(names: Names, { js, testImports }: Style): NewFiles {
  checkFunctionName(names);
  const { kebab, camel } = names;
  return {
    files: new Map([
      [`src/${kebab}.ts`, writeMiddleware(names)],
      [`test/${kebab}.test.ts`, writeMiddlewareTest(names, testImports, `../src/${kebab}${js}`)],
    ]),
    next: `Add it to the application, a controller or a method: middleware: [${camel}()], @UseMiddleware(${camel}())`,
  };
}

function makePackage(names: Names, version: string): NewFiles {
  checkFunctionName(names);
  checkPackageName(names);
  const { kebab, camel } = names;
  const folder = `packages/${kebab}`;
  const manifest = {
    name: kebab,
    version: '0.0.0',
    type: 'commonjs',
    main: './dist/index.js',
    types: './dist/index.d.ts',
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    files: ['dist'],
    engines: { node: '>=20.19.0' },
    scripts: { build: 'tsc' },
    // A copy of its own would have other errors and decorators.
    peerDependencies: { '@sluice/core': `^${version}` },
    devDependencies: { '@sluice/core': `^${version}`, typescript: '~6.0.3' },
  };
  const compilerOptions = {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    declaration: true,
    skipLibCheck: true,
    types: [],
    rootDir: 'src',
    outDir: 'dist',
  };
  return {
    files: new Map([
      [`${folder}/package.json`, `${JSON.stringify(manifest, undefined, 2)}\n`],
      [`${folder}/tsconfig.json`, `${JSON.stringify({ compilerOptions, include: ['src'] }, undefined, 2)}\n`],
      [`${folder}/README.md`, writeReadme(names)],
      [`${folder}/src/index.ts`, `export { ${camel}, type ${names.pascal}Options } from './${kebab}';\n`],
      [`${folder}/src/${kebab}.ts`, writeMiddleware(names)],
    ]),
    next: `Add "packages/*" to workspaces of package.json, and install again. Then: import { ${camel} } from '${kebab}'`,
  };
}

function writeMiddleware({ camel, pascal }: Names): string {
  return `import { afterwards, type Middleware } from '@sluice/core';

/** Options of \`${camel}\`. */
export interface ${pascal}Options {
  /** The header that it sets. Default: \`X-${pascal}\`. */
  readonly headerName?: string;
}

/** Sets a header on every response. */
export function ${camel}({ headerName = 'X-${pascal}' }: ${pascal}Options = {}): Middleware {
  return {
    name: '${camel}',
    options: { headerName },
    handle(context, next) {
      // Before next() is the way in. Afterwards the response is there, also that of an error.
      return afterwards(next(), () => {
        context.response.headers.set(headerName, 'true');
      });
    },
  };
}
`;
}

function writeMiddlewareTest({ camel, pascal }: Names, imports: string, from: string): string {
  return `${imports}import { testApp } from '@sluice/testing';
import { ${camel} } from '${from}';

it('sets its header', async () => {
  await using app = await testApp({
    routes: [{ method: 'GET', path: '/', handler: () => 'ok' }],
    middleware: [${camel}()],
  });
  const client = app.client();
  expect((await client.get('/')).header('x-${pascal.toLowerCase()}')).toBe('true');
  expect((await client.get('/no-such-path')).header('x-${pascal.toLowerCase()}')).toBe('true');
});
`;
}

function writeReadme({ kebab, camel, pascal }: Names): string {
  return `# ${kebab}

Sets a header on every response.

\`\`\`ts
import { createApp } from '@sluice/core';
import { ${camel} } from '${kebab}';

const app = await createApp({ middleware: [${camel}()] });
\`\`\`

| option       | default       | meaning                 |
| ------------ | ------------- | ----------------------- |
| \`headerName\` | \`X-${pascal}\` | the header that it sets |
`;
}
