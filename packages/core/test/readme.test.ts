import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { createApp } from '../src';

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

  it('lists every option of createApp, and no other', async () => {
    const mistaken = await createApp({ unknown: 1 } as object).catch((error: unknown) => error as Error);
    const known = /Known options: (.*)\./.exec((mistaken as Error).message)![1]!.split(', ');
    expect(listRows('Options of `createApp`').sort()).toEqual(known.sort());
  });

  it('lists every member of an application, and no other', () => {
    expect(listRows('| member of `app`').sort()).toEqual(listMembers(path.join(SOURCE, 'app/app.ts')).sort());
  });
});

/** The names in the first column of the table that begins with a text, or follows it. */
function listRows(start: string): string[] {
  const table = README.slice(README.indexOf(start)).split(/\n\n(?!\|)/)[0]!;
  const cells = [...table.matchAll(/^\|([^|]*)\|/gm)].slice(2).map((match) => match[1]!);
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)/g)].map((match) => match[1]!));
}

/** The public members of the class in a file. */
function listMembers(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const declared = source.statements.find(ts.isClassDeclaration)!;
  return declared.members.flatMap((member) => {
    const isPrivate =
      ts.canHaveModifiers(member) &&
      ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
    return !isPrivate && member.name && ts.isIdentifier(member.name) ? [member.name.text] : [];
  });
}

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
