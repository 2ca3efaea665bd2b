/** An element of a weighted list such as Accept-Encoding. */
export interface QualityValue {
  /** In lower case. */
  readonly value: string;
  /** From 0 (refused) to 1 (RFC 9110 §12.4.2). */
  readonly quality: number;
}

/** Further elements are ignored, so that the work stays bounded whatever a client sends. */
const MOST_ELEMENTS = 50;
const WEIGHT = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/**
 * Parses a weighted list (RFC 9110 §12.4.2) in the order sent. It leaves out elements with a malformed weight, and
 * ignores other parameters. Linear time.
 *
 * @example parseQualityList('gzip, br;q=0.5') // [{ value: 'gzip', quality: 1 }, { value: 'br', quality: 0.5 }]
 */
export function parseQualityList(header: string): QualityValue[] {
  const list: QualityValue[] = [];
  for (const element of header.split(',', MOST_ELEMENTS)) {
    const [value, ...parameters] = element.split(';').map((part) => part.trim());
    if (!value) continue;
    const weight = parameters.find((parameter) => /^q\s*=/i.test(parameter));
    const quality = weight === undefined ? 1 : Number(WEIGHT.exec(weight)?.[1] ?? NaN);
    if (!Number.isNaN(quality)) list.push({ value: value.toLowerCase(), quality });
  }
  return list;
}
