/**
 * In a directive: the nonce of the request. A response whose nonce nothing has read does not have the source.
 *
 * @example securityHeaders({ contentSecurityPolicy: { scriptSrc: ["'self'", NONCE] } })
 */
export const NONCE = "'nonce'";

/** Keywords of every source list (CSP3 §2.3.1). */
const KEYWORDS = ['self', 'none'];
/** Keywords of scripts and styles. */
const INLINE_KEYWORDS = [...KEYWORDS, 'unsafe-inline', 'unsafe-hashes', 'report-sample'];
/** Keywords of scripts. */
const SCRIPT_KEYWORDS = [
  ...INLINE_KEYWORDS,
  'unsafe-eval',
  'wasm-unsafe-eval',
  'strict-dynamic',
  'inline-speculation-rules',
  'trusted-types-eval',
];
const SCHEMES = ['blob', 'data', 'filesystem', 'http', 'https', 'mediastream', 'ws', 'wss'];
/** Bytes of the digests, as base64 characters without padding. */
const HASH_LENGTHS: Readonly<Record<string, number>> = { sha256: 43, sha384: 64, sha512: 86 };

const QUOTED = /^'([^']*)'$/;
const HASH = /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+)={0,2}$/;
const SCHEME_SOURCE = /^[a-z][a-z0-9+.-]*:$/i;
const HOST_SOURCE =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:\*|(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.?)(?::(?:\d{1,5}|\*))?(?:\/[^?#]*)?$/i;
const SANDBOX_TOKEN = /^allow-[a-z-]+$/;
const TYPE_NAME = /^[\w#=/@.%-]+$/;

/** Finds what is wrong with a list of sources; undefined if nothing is. The message continues `scriptSrc …`. */
export function findSourcesFault(directive: string, value: unknown): string | undefined {
  const list = asTexts(value);
  if (list === undefined) return 'must be a list of texts, or false';
  if (list.length === 0) return `must not be empty; write ["'none'"]`;
  const fault = list.map((source) => findSourceFault(directive, source)).find((one) => one !== undefined);
  if (fault !== undefined) return fault;
  if (list.length > 1 && list.includes("'none'"))
    return "must not have other sources beside 'none', which browsers then ignore";
  const trusts = list.some((source) => source === NONCE || HASH.test(source.slice(1, -1)));
  if (list.includes("'strict-dynamic'") && !trusts)
    return "must have NONCE or a hash beside 'strict-dynamic', or it blocks every script";
  return undefined;
}

function findSourceFault(directive: string, source: string): string | undefined {
  const fault = findTextFault(source);
  if (fault !== undefined) return fault;
  const quoted = QUOTED.exec(source)?.[1];
  if (quoted !== undefined) return findQuotedFault(directive, quoted);
  const lower = source.toLowerCase();
  if (isQuotable(lower)) return `must have ${lower} in single quotes: "'${source}'"`;
  if (SCHEMES.includes(lower)) return `must have a scheme with its colon: "${source}:"`;
  if (SCHEME_SOURCE.test(source) || HOST_SOURCE.test(source)) return undefined;
  return `must not contain ${JSON.stringify(source)}, which is not a source (CSP3 §2.3.1)`;
}

/** Whether browsers would take the word for a host, though the author means a keyword, a nonce or a hash. */
function isQuotable(lower: string): boolean {
  return SCRIPT_KEYWORDS.includes(lower) || /^(?:nonce|sha256|sha384|sha512)-./.test(lower);
}

function findQuotedFault(directive: string, quoted: string): string | undefined {
  const isInline = /^(?:default|script|style)Src/.test(directive);
  const known = /^(?:default|script)Src/.test(directive)
    ? SCRIPT_KEYWORDS
    : isInline
      ? INLINE_KEYWORDS
      : KEYWORDS;
  if (known.includes(quoted)) return undefined;
  if (quoted === 'nonce' && isInline)
    return directive.endsWith('Attr') ? 'must not have NONCE: attributes cannot have one' : undefined;
  if (quoted.startsWith('nonce-'))
    return 'must have NONCE in place of a nonce that is the same for every request';
  const [, algorithm, digest] = HASH.exec(quoted) ?? [];
  if (algorithm !== undefined && isInline)
    return digest!.length === HASH_LENGTHS[algorithm]
      ? undefined
      : `must have the whole digest in '${algorithm}-…'`;
  const allowed = known.map((word) => `'${word}'`).join(', ');
  return `must not contain '${quoted}'; its keywords are ${allowed}${isInline ? ', NONCE and hashes' : ''}`;
}

/** Finds what would end a directive or a policy, or cannot be sent. */
export function findTextFault(text: string): string | undefined {
  if (/[;,]/.test(text))
    return 'must not contain ";" or ",", which would begin another directive or policy; write %3B or %2C in a path';
  return /^[\x21-\x7e]+$/.test(text)
    ? undefined
    : 'must have one value per text, of visible ASCII characters without spaces';
}

/** Finds what is wrong with the tokens of `sandbox` (HTML §7.6). */
export function findSandboxFault(value: unknown): string | undefined {
  const list = asTexts(value);
  return list?.every((token) => SANDBOX_TOKEN.test(token))
    ? undefined
    : "must be a list of tokens such as 'allow-scripts', or false";
}

/** Finds what is wrong with the names of trusted types. */
export function findTypesFault(value: unknown): string | undefined {
  const isName = (name: string) =>
    ['*', "'none'", "'allow-duplicates'"].includes(name) || TYPE_NAME.test(name);
  return asTexts(value)?.every(isName) && (value as unknown[]).length > 0
    ? undefined
    : `must be a list of names of policies, "'allow-duplicates'", "'none'" or "*", or false`;
}

/** Finds what is wrong with URLs that get reports. */
export function findUrisFault(value: unknown): string | undefined {
  const list = asTexts(value);
  if (list === undefined || list.length === 0) return 'must be a list of URLs, or false';
  return list.map(findTextFault).find((fault) => fault !== undefined);
}

function asTexts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}
