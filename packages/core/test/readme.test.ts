import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const SOURCE = path.resolve(__dirname, '../src');
const README = readFileSync(path.resolve(__dirname, '../README.md'), 'utf8');

describe('the README of core', () => {
  it.each([
    ['### Public names', 'index.ts'],
    ['### Names for middleware packages', 'kit.ts'],
  ])('lists under %s every name that %s exports, and no other', (heading, file) => {
    const table = README.split(heading)[1]!.split('\n### ')[0]!;
    const listed = [...table.matchAll(/`@?(\w+)`/g)].map((match) => match[1]!);
    expect(listed.sort()).toEqual(listExports(path.join(SOURCE, file)).sort());
  });
});

/** The names that a file exports, those of `export *` included. */
function listExports(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  return source.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return listDeclared(statement);
    if (statement.exportClause && ts.isNamedExports(statement.exportClause))
      return statement.exportClause.elements.map(({ name }) => name.text);
    const from = (statement.moduleSpecifier as ts.StringLiteral).text;
    return listExports(path.resolve(path.dirname(file), `${from}.ts`));
  });
}

function listDeclared(statement: ts.Statement): string[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  const declarations = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations
    : [statement];
  return declarations.flatMap(({ name }: { readonly name?: ts.Node }) =>
    name && ts.isIdentifier(name) ? [name.text] : [],
  );
}
