const FORMS = new WeakMap<Uint8Array, Map<string, Uint8Array>>();

/**
 * Says that many responses have these bytes as their body, and nothing changes them: a step that makes another form of
 * them, such as a compressed one, keeps it for the next response. The forms live as long as the bytes.
 */
export function keepForms(bytes: Uint8Array): void {
  FORMS.set(bytes, new Map());
}

/** The other forms of bytes, by the name of the coding; undefined for bytes of one response. */
export function findForms(bytes: Uint8Array): Map<string, Uint8Array> | undefined {
  return FORMS.get(bytes);
}
