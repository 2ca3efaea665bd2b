import { parseHeaderParameters } from './header-parameters';
import { splitList } from './split-list';

/** An element of a list such as Accept, with its parameters. */
export interface WeightedElement {
  /** Without parameters, in lower case. */
  readonly value: string;
  /** From 0 (refused) to 1 (RFC 9110 §12.4.2). */
  readonly quality: number;
  /** Names in lower case, with `q`. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Further elements are ignored, so that the work stays bounded whatever a client sends. */
const MOST_ELEMENTS = 50;
const WEIGHT = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/** Parses a weighted list in the order sent. Elements with malformed parameters or a malformed weight are left out. Pure. */
export function parseWeightedList(header: string): WeightedElement[] {
  return splitList(header, MOST_ELEMENTS).flatMap((element) => {
    const value = element.split(';', 1)[0]!.trim().toLowerCase();
    const parameters = parseHeaderParameters(element);
    const weight = parameters?.get('q') ?? '1';
    if (value === '' || parameters === undefined || !WEIGHT.test(weight)) return [];
    return [{ value, quality: Number(weight), parameters }];
  });
}
