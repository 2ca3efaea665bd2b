import type { Fault } from '../../configuration/configuration-error';
import type { ParameterRecord } from '../../metadata/records';

/** The emitted types that say nothing about a value. */
const LOST_TYPES: ReadonlySet<unknown> = new Set([Object, Function, undefined]);

/** Answers whether a type says nothing: nothing could be converted to it or checked against it. */
export function isLostType(type: unknown): boolean {
  return LOST_TYPES.has(type);
}

/** Describes a parameter of which the compiler lost the type. */
export function describeLostParameter(record: ParameterRecord, type: unknown): Fault {
  const { kind, type: given } = record;
  const source = given === undefined ? 'The compiler emitted' : 'The decorator has';
  return {
    fault: `${source} ${nameLost(type)} as the type of the parameter, so nothing would check ${nameValue(record)}. ${CAUSES}`,
    cure: record.whole
      ? describeWholeCure(nameDecorator(kind))
      : kind === 'body' || kind === 'form'
        ? describeBodyCure(nameDecorator(kind))
        : describeTextCure(record),
  };
}

/** Describes a property of a class, made of text, of which the compiler lost the type. */
export function describeLostProperty(owner: string, property: string, type: unknown): Fault {
  const more = type === undefined ? ' Also, tsx and esbuild never emit a type.' : '';
  return {
    fault: `The compiler emitted ${nameLost(type)} as the type of ${owner}.${property}, so nothing would convert its text. ${CAUSES}${more}`,
    cure: `Add @Type(() => String) from class-transformer to it (or Number, Boolean, Date …), or declare the type: ${property}?: string, ${property}: string = 'Hello'.`,
  };
}

const CAUSES =
  "Likely causes: a union (string | undefined), Partial<…> or another alias, an interface, a type parameter, `import type`, a circular import, or a default without a type (= 'Hello').";

function nameLost(type: unknown): string {
  return type === undefined ? 'undefined' : (type as { readonly name: string }).name;
}

/** `@Query`; a field of a form is taken with `@Form`. */
export function nameDecorator(kind: ParameterRecord['kind']): string {
  return kind === 'field' ? '@Form' : `@${kind[0]!.toUpperCase()}${kind.slice(1)}`;
}

function nameValue({ kind, name, whole }: ParameterRecord): string {
  if (whole) return `the values of ${nameDecorator(kind)}`;
  return kind === 'body' || kind === 'form' ? `the ${kind}` : `the ${kind} '${name}'`;
}

function describeTextCure({ kind, name }: ParameterRecord): string {
  const value = /^[\w$]+$/.test(name) ? name : 'value';
  const declared = kind === 'param' ? '' : `, or declare it: ${value}?: string, ${value}: string = 'Hello'`;
  return `Name the type in the decorator: ${nameDecorator(kind)}('${name}', String) ${value}: string | undefined (or Number, Boolean, Date, an enum …)${declared}.`;
}

function describeBodyCure(decorator: string): string {
  return `Name a class with rules or a schema: ${decorator}(CreateNote). For Partial<CreateNote> write PartialType(CreateNote). In a generic base class, let a factory pass it: crud(CreateNote). To take the value unchecked, write ${decorator}({ validate: false }).`;
}

function describeWholeCure(decorator: string): string {
  return `Name a class with rules or a schema: ${decorator}(ListNotes); or take one value: ${decorator}('name').`;
}
