import { NONCE } from './csp/directive-values';
import type { SecurityHeadersOptions } from './security-headers-options';

/** The defaults of Helmet 8. */
const DEFAULT = {
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    baseUri: ["'self'"],
    fontSrc: ["'self'", 'https:', 'data:'],
    formAction: ["'self'"],
    frameAncestors: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    scriptSrc: ["'self'"],
    scriptSrcAttr: ["'none'"],
    styleSrc: ["'self'", 'https:', "'unsafe-inline'"],
    upgradeInsecureRequests: true,
  },
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginResourcePolicy: 'same-origin',
  originAgentCluster: true,
  referrerPolicy: 'no-referrer',
  strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true, preload: false },
  xContentTypeOptions: true,
  xDnsPrefetchControl: 'off',
  xDownloadOptions: true,
  xFrameOptions: 'SAMEORIGIN',
  xPermittedCrossDomainPolicies: 'none',
  xXssProtection: true,
} as const satisfies SecurityHeadersOptions;

/** Scripts run by nonce only, and no feature of the device is allowed. */
const STRICT = {
  ...DEFAULT,
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    imgSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    scriptSrc: [NONCE, "'strict-dynamic'"],
    scriptSrcAttr: ["'none'"],
    styleSrc: ["'self'", NONCE],
    upgradeInsecureRequests: true,
  },
  permissionsPolicy: {
    camera: [],
    displayCapture: [],
    geolocation: [],
    microphone: [],
    payment: [],
    usb: [],
  },
  xFrameOptions: 'DENY',
} as const satisfies SecurityHeadersOptions;

/** Data, not pages: nothing in them may load, and nothing may frame them. */
const API = {
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  crossOriginResourcePolicy: 'same-origin',
  referrerPolicy: 'no-referrer',
  strictTransportSecurity: DEFAULT.strictTransportSecurity,
  xContentTypeOptions: true,
  xFrameOptions: 'DENY',
} as const satisfies SecurityHeadersOptions;

/** The options that a preset means. */
export const PRESETS = { default: DEFAULT, strict: STRICT, api: API } as const satisfies Record<
  string,
  SecurityHeadersOptions
>;
