import { parseWeightedList } from './weighted-list';

/** An element of a weighted list such as Accept-Encoding. */
export interface QualityValue {
  /** In lower case. */
  readonly value: string;
  /** From 0 (refused) to 1 (RFC 9110 §12.4.2). */
  readonly quality: number;
}

/**
 * Parses a weighted list (RFC 9110 §12.4.2) in the order sent. It leaves out elements with a malformed weight or
 * malformed parameters, and ignores other parameters. At most 50 elements are read. Linear time.
 *
 * @example parseQualityList('gzip, br;q=0.5') // [{ value: 'gzip', quality: 1 }, { value: 'br', quality: 0.5 }]
 */
export function parseQualityList(header: string): QualityValue[] {
  return parseWeightedList(header).map(({ value, quality }) => ({ value, quality }));
}
