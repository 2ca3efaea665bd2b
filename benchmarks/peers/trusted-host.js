// The list of hosts, checked by hand, for peers that bring nothing for it.
import { ALLOWED_HOSTS } from '../workloads/payloads.js';

const hosts = new Set(ALLOWED_HOSTS);

/** Whether a Host header names one of the allowed hosts, with any port. */
export function isTrustedHost(header = '') {
  const colon = header.indexOf(':');
  return hosts.has((colon === -1 ? header : header.slice(0, colon)).toLowerCase());
}
