import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** One `import`, `export … from`, `import()` or `require()` of a source file. */
export interface Import {
  readonly from: string;
  readonly typesOnly: boolean;
}

/** Every TypeScript file below the folder; none where there is no such folder. */
export function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name))
    .sort();
}

/** Every import of the file, however it is written. */
export function readImports(file: string): Import[] {
  const found: Import[] = [];
  visit(file, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier) add(node.moduleSpecifier, isTypesOnly(node));
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node.moduleReference.expression, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    } else if (ts.isCallExpression(node) && isLoading(node.expression)) {
      add(node.arguments[0], false);
    }
  });
  return found;

  function add(specifier: ts.Node | undefined, typesOnly: boolean): void {
    if (specifier && ts.isStringLiteralLike(specifier)) found.push({ from: specifier.text, typesOnly });
  }
}

/** Whether the file uses the type `any`. */
export function isAnyUsed(file: string): boolean {
  let used = false;
  visit(file, (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) used = true;
  });
  return used;
}

/** Every regular expression that is written in the file. */
export function readRegExps(file: string): RegExp[] {
  const found: RegExp[] = [];
  visit(file, (node) => {
    if (!ts.isRegularExpressionLiteral(node)) return;
    const end = node.text.lastIndexOf('/');
    found.push(new RegExp(node.text.slice(1, end), node.text.slice(end + 1)));
  });
  return found;
}

function visit(file: string, see: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    see(node);
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true));
}

function isLoading(callee: ts.Expression): boolean {
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && /^require/.test(callee.text))
  );
}

function isTypesOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) {
    const clause = node.exportClause;
    return node.isTypeOnly || (isNamed(clause) && clause.elements.every((element) => element.isTypeOnly));
  }
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const names = clause.namedBindings;
  return (
    clause.name === undefined &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.every((element) => element.isTypeOnly)
  );
}

function isNamed(clause: ts.NamedExportBindings | undefined): clause is ts.NamedExports {
  return clause !== undefined && ts.isNamedExports(clause);
}
