import {
  checkOptions,
  invalidOption,
  isBooleanOption,
  isOneOfOption,
  isTextOption,
  type OptionRule,
} from '../../configuration/check-options';
import { ConfigurationError } from '../../configuration/configuration-error';

/** A private key and its certificate. */
export interface TlsCertificate {
  /** The path of a PEM file. Text or bytes in PEM are accepted too; only node:http supports them. */
  readonly key: string | Uint8Array;
  /** The same for the certificate, followed by those of its authorities except for the root. */
  readonly cert: string | Uint8Array;
  /** The passphrase of an encrypted key. */
  readonly passphrase?: string;
}

/** The option `tls` of `app.listen`. See docs/tls.md. */
export interface TlsOptions extends TlsCertificate {
  /** Certificates for other names, by name: `shop.example`, or `*.shop.example` for all names one label below. Only node:http supports it. */
  readonly servers?: Readonly<Record<string, TlsCertificate>>;
  /** Default `TLSv1.2`. Only node:http supports `TLSv1.3`. */
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
  /** The suites in order of preference, as OpenSSL names them. Only node:http supports it. */
  readonly ciphers?: string;
  /** The authorities of client certificates: a path of a PEM file, or PEM. Needs `requestCert`. */
  readonly ca?: string | Uint8Array;
  /** Asks clients for a certificate; default false. Needs `ca`. Only node:http supports it. */
  readonly requestCert?: boolean;
  /** Refuses clients without a certificate of `ca`; default true. Needs `requestCert`. */
  readonly rejectUnauthorized?: boolean;
  /** Reads the files again when they change; default true. */
  readonly watch?: boolean;
}

const PLACE = 'app.listen, tls';

const isPem: OptionRule = (value) =>
  (typeof value === 'string' && value !== '') || value instanceof Uint8Array
    ? undefined
    : 'must be the path of a file, or PEM as text or bytes';

const CERTIFICATE_RULES = { key: { required: isPem }, cert: { required: isPem }, passphrase: isTextOption };

/** Checks the shape of the option `tls`, and reads no file. Throws ConfigurationError. */
export function checkTlsOptions(options: TlsOptions): void {
  const rules = {
    ...CERTIFICATE_RULES,
    servers: findServersFault,
    minVersion: isOneOfOption('TLSv1.2', 'TLSv1.3'),
    ciphers: isTextOption,
    ca: isPem,
    requestCert: isBooleanOption,
    rejectUnauthorized: isBooleanOption,
    watch: isBooleanOption,
  };
  checkOptions('app.listen', options, rules, PLACE);
  for (const [name, server] of Object.entries(options.servers ?? {}))
    checkOptions('app.listen', server, CERTIFICATE_RULES, `${PLACE}.servers[${JSON.stringify(name)}]`);
  const [name, fault] = findContradiction(options) ?? [];
  if (fault !== undefined) throw new ConfigurationError([invalidOption(PLACE, name, fault)]);
}

function findContradiction({ ca, requestCert = false, rejectUnauthorized }: TlsOptions) {
  const useless = 'has no effect without requestCert: true';
  if (requestCert && ca === undefined)
    return ['requestCert', 'needs ca, the authorities of the certificates that clients have'] as const;
  if (!requestCert && ca !== undefined) return ['ca', useless] as const;
  if (!requestCert && rejectUnauthorized !== undefined) return ['rejectUnauthorized', useless] as const;
  return undefined;
}

/** A DNS name in lower case, whose first label may be `*`. */
const SERVER_NAME = /^(?:\*\.)?[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/;

const findServersFault: OptionRule = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'must be an object of certificates by name';
  const wrong = Object.keys(value).find((name) => !SERVER_NAME.test(name));
  return wrong === undefined
    ? undefined
    : `has the name ${JSON.stringify(wrong)}: write shop.example or *.shop.example, in lower case`;
};

/** Answers whether a key or certificate is given as it is, and not as the path of a file. */
export function isInline(given: string | Uint8Array): given is Uint8Array | string {
  return typeof given !== 'string' || given.includes('-----BEGIN');
}

/** Finds the option that only node:http supports; undefined if µWebSockets has all of them. */
export function findTlsNeed(options: TlsOptions): string | undefined {
  if (isInline(options.key)) return 'tls.key as PEM';
  if (isInline(options.cert)) return 'tls.cert as PEM';
  if (options.minVersion === 'TLSv1.3') return "tls.minVersion 'TLSv1.3'";
  const name = (['servers', 'ciphers', 'requestCert'] as const).find(
    (one) => options[one] !== undefined && options[one] !== false,
  );
  return name && `tls.${name}`;
}
