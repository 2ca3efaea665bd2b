/** One element of a header such as Accept-Encoding, its weight beside it. */
export interface QualityValue {
  /** In lower case. */
  readonly value: string;
  /** 0 (forbidden) to 1 (RFC 9110 §12.4.2). */
  readonly quality: number;
}

/** More elements than this are not read: the work stays bounded whatever a client sends. */
const MOST_ELEMENTS = 50;
const WEIGHT = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/**
 * Reads a weighted list (RFC 9110 §12.4.2) in the order sent. An element whose weight is malformed is left out.
 * Other parameters are ignored. Linear time.
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
