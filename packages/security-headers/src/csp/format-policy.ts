import type { CspDirectives } from './csp-policy';
import { NONCE } from './directive-values';

/** A policy as text. Those with a nonce have the texts before, between and after its places. */
export interface PolicyText {
  /** Without the nonce. */
  readonly plain: string;
  /** With the nonce between every two parts; undefined if the policy has none. */
  readonly parts: readonly string[] | undefined;
}

/** Formats a policy (CSP3 §2.2). Without an encrypted connection it has no `upgrade-insecure-requests`. */
export function formatPolicy(directives: CspDirectives, isSecure: boolean): PolicyText {
  const nonced = formatDirectives(directives, isSecure, true);
  const parts = nonced.includes(NONCE) ? nonced.split(NONCE) : undefined;
  return { plain: parts === undefined ? nonced : formatDirectives(directives, isSecure, false), parts };
}

/** Writes the nonce into a policy. */
export function insertNonce(parts: readonly string[], nonce: string): string {
  return parts.join(`'nonce-${nonce}'`);
}

function formatDirectives(directives: CspDirectives, isSecure: boolean, hasNonce: boolean): string {
  return Object.entries(directives)
    .filter(([name, value]) => value !== false && value !== undefined && (isSecure || name !== UPGRADE))
    .map(([name, value]) => [toKebabCase(name), ...listValues(value, hasNonce)].join(' '))
    .join('; ');
}

const UPGRADE = 'upgradeInsecureRequests' satisfies keyof CspDirectives;

function listValues(value: unknown, hasNonce: boolean): readonly string[] {
  if (value === true) return [];
  if (typeof value === 'string') return [value];
  const list = value as readonly string[];
  return hasNonce || !list.includes(NONCE) ? list : dropNonce(list);
}

/** Without the nonce nothing may begin the trust that 'strict-dynamic' passes on, unless there is a hash. */
function dropNonce(list: readonly string[]): readonly string[] {
  const isTrusting = list.some((source) => source.startsWith("'sha"));
  const left = list.filter((source) => source !== NONCE && (isTrusting || source !== "'strict-dynamic'"));
  return left.length === 0 ? ["'none'"] : left;
}

/** `scriptSrc` becomes `script-src`. */
export function toKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
