import type { Brackets } from '../../http/query/brackets';
import type { ParameterRecord } from '../../metadata/records';
import type { TextProperty } from '../../validation/text-types';

/** Reads which lists may be sent with brackets: those of a class, or any. */
export function readBrackets(
  { brackets }: Pick<ParameterRecord, 'brackets'>,
  properties: readonly TextProperty[] | undefined,
): { readonly brackets?: Brackets } {
  if (brackets === undefined) return {};
  if (properties === undefined) return { brackets };
  // `@Transform` may make a list of the texts.
  const lists = properties.filter(({ coercion }) => coercion === undefined || coercion.list);
  return { brackets: Object.freeze(lists.map(({ name }) => name)) };
}
