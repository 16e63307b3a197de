import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The values a file hands out, which of them it uses itself, and what it takes from others, as `file name`. */
interface Module {
  exports: string[];
  usesItself: (name: string) => boolean;
  takes: string[];
}

/** Whoever takes all of a file: its names are not told apart. */
const everything = '*';

/**
 * Every value that no other file takes from the one that exports it, as `file name`. What a test takes is used
 * only where the product uses it too: in the file itself, so that it is exported for being tested.
 */
export function unusedExports(files: string[], isTest: (file: string) => boolean): string[] {
  const modules = files.map((file) => ({ file, ...readModule(file) }));
  const takenBy = (tests: boolean) =>
    new Set(modules.flatMap(({ file, takes }) => (isTest(file) === tests ? takes : [])));
  const [byProduct, byTests] = [takenBy(false), takenBy(true)];
  const has = (taken: Set<string>, file: string, name: string) =>
    taken.has(`${file} ${name}`) || taken.has(`${file} ${everything}`);
  return modules.flatMap(({ file, exports, usesItself }) =>
    exports
      .filter((name) => !has(byProduct, file, name))
      .filter((name) => !has(byTests, file, name) || !usesItself(name))
      .map((name) => `${file} ${name}`),
  );
}

function readModule(file: string): Module {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const names = new Map<string, number>();
  const usesItself = (name: string) => (names.get(name) ?? 0) > 1;
  const module: Module = { exports: [], usesItself, takes: [] };
  const take = (from: ts.Node | undefined, name: string) => {
    const target = from && ts.isStringLiteralLike(from) ? resolve(file, from.text) : null;
    if (target) module.takes.push(`${target} ${name}`);
  };
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      for (const name of importedNames(statement)) take(statement.moduleSpecifier, name);
    } else if (ts.isExportDeclaration(statement)) {
      readExports(statement, module, take);
    } else module.exports.push(...exportedNames(statement));
  }
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) names.set(node.text, (names.get(node.text) ?? 0) + 1);
    // A file that is imported while the program runs is taken whole.
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      take(node.arguments[0], everything);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return module;
}

function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  return [
    ...(importClause?.name ? ['default'] : []),
    ...(bindings && ts.isNamespaceImport(bindings) ? [everything] : []),
    ...(bindings && ts.isNamedImports(bindings) ? bindings.elements.map(sourceName) : []),
  ];
}

/** `export { a } from './b.ts'` hands on: a use of there, and an export of here. */
function readExports(
  { exportClause, isTypeOnly, moduleSpecifier }: ts.ExportDeclaration,
  module: Module,
  take: (from: ts.Node | undefined, name: string) => void,
) {
  if (!exportClause || !ts.isNamedExports(exportClause)) return take(moduleSpecifier, everything);
  for (const element of exportClause.elements) {
    take(moduleSpecifier, sourceName(element));
    if (!isTypeOnly && !element.isTypeOnly) module.exports.push(element.name.text);
  }
}

function sourceName({ name, propertyName }: ts.ImportSpecifier | ts.ExportSpecifier): string {
  return (propertyName ?? name).text;
}

/** What a declaration exports; types are none of our business. */
function exportedNames(statement: ts.Statement): string[] {
  if (ts.isExportAssignment(statement)) return ['default'];
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const has = (kind: ts.SyntaxKind) => modifiers.some((modifier) => modifier.kind === kind);
  if (!has(ts.SyntaxKind.ExportKeyword)) return [];
  if (has(ts.SyntaxKind.DefaultKeyword)) return ['default'];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  }
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return named && statement.name ? [statement.name.text] : [];
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? boundNames(element.name) : [],
  );
}

function resolve(file: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1);
  return specifier.startsWith('.') ? join(dirname(file), specifier.replace(/\?\w+$/, '')) : null;
}
