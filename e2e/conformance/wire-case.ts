import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A value repeated: `["x", 4000]`. */
export type Repeated = readonly [text: string, count: number];
export type Texts = Readonly<Record<string, string>>;
export type TextLists = Readonly<Record<string, readonly string[]>>;

/** The application of a case, described. */
export interface WireApp {
  readonly kind: string;
  readonly status?: number;
  readonly body?: string;
  readonly body_repeat?: Repeated;
  readonly chunk_repeat?: Repeated;
  readonly count?: number;
  readonly headers?: Texts;
  readonly media_type?: string;
  readonly methods?: readonly string[];
  readonly routes?: Texts;
  readonly mounted_at?: string;
  readonly error?: string;
  readonly message?: string;
  readonly http_status?: number;
}

/** A request of a case; without `kind` one that is sent. */
export interface WireRequest {
  /** `construct`: nothing is sent, the application is only made. */
  readonly kind?: 'construct';
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Texts;
  readonly json?: unknown;
  readonly raw_body?: string;
  /** Its host is the Host header; with `https` the client takes the connection for a secure one. */
  readonly base_url?: string;
  /** Nothing here ever follows redirects. */
  readonly follow_redirects?: false;
  /** Forgets all cookies before this request. */
  readonly fresh_client?: boolean;
  /** Sends the cookie that an earlier step saved. */
  readonly replay_cookie?: string;
  readonly tamper_last_char?: boolean;
}

/** What is expected of an answer, or of the application that gave it; every key is a check. */
export interface Expectation {
  readonly status?: number;
  readonly body?: string;
  readonly body_json?: unknown;
  readonly body_contains?: readonly string[];
  readonly decoded_body_repeat?: Repeated;
  /** Sluice's own: problem+json (RFC 9457) with at least these members. */
  readonly problem?: { readonly status: number; readonly code: string; readonly detail?: string };
  readonly headers?: Texts;
  readonly headers_present?: readonly string[];
  readonly headers_absent?: readonly string[];
  readonly header_contains?: TextLists;
  readonly header_contains_ci?: TextLists;
  readonly header_not_contains?: TextLists;
  readonly header_matches?: Texts;
  readonly header_starts?: Texts;
  readonly content_length_lt?: number;
  /** The application refuses to start, with these words. */
  readonly construct_error?: string;
  /** The error reaches whoever runs the application: in Sluice its logger. */
  readonly error_propagates?: boolean;
  /** The same, with these words. */
  readonly server_error?: string;
  readonly handler_called?: boolean;
  readonly order?: readonly string[];
}

export interface WireStep {
  readonly request: WireRequest;
  readonly expect: Expectation;
  readonly save_cookie?: string;
}

/** One case: an application with one middleware, and what it answers. */
export interface WireCase {
  readonly id: string;
  readonly middleware: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly app: WireApp;
  readonly steps: readonly WireStep[];
  /** Whether the client keeps cookies between the steps. */
  readonly keepsCookies: boolean;
  readonly note: string | undefined;
}

/** A line of the file. */
interface WireLine extends Omit<WireCase, 'steps' | 'keepsCookies'> {
  readonly request?: WireRequest;
  readonly expect?: Expectation;
  /** What Sluice answers otherwise: wins over `expect`. */
  readonly sluice?: Expectation;
  readonly steps?: readonly WireStep[];
  readonly cookie_jar?: boolean | string;
}

const FILE = path.resolve(__dirname, '../data/wire-cases.jsonl');

/** Every case of the file, in its order: what Starlette 1.7 answers, or Sluice where `sluice` says so. */
export function readCases(): readonly WireCase[] {
  const lines = readFileSync(FILE, 'utf8').trim().split('\n');
  return lines.map((line) => toCase(JSON.parse(line) as WireLine));
}

function toCase({ id, middleware, options, app, note, ...line }: WireLine): WireCase {
  const expect = { ...line.expect, ...line.sluice };
  const steps = line.steps ?? [{ request: line.request!, expect }];
  return { id, middleware, options, app, steps, keepsCookies: Boolean(line.cookie_jar), note };
}
