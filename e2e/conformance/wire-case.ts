import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A repeated text: `["x", 4000]`. */
export type Repeated = readonly [text: string, count: number];
export type Texts = Readonly<Record<string, string>>;
export type TextLists = Readonly<Record<string, readonly string[]>>;

/** The description of a case's application. */
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

/** A request of a case. It is sent, unless it has a `kind`. */
export interface WireRequest {
  /** `construct`: the application is only created. */
  readonly kind?: 'construct';
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Texts;
  readonly json?: unknown;
  readonly raw_body?: string;
  /** Its host becomes the Host header. With `https` the cookies of the client treat the connection as secure. */
  readonly base_url?: string;
  /** The client never follows redirects. */
  readonly follow_redirects?: false;
  /** Deletes all cookies before this request. */
  readonly fresh_client?: boolean;
  /** Sends the cookie that an earlier step saved. */
  readonly replay_cookie?: string;
  readonly tamper_last_char?: boolean;
}

/** The expectations of an answer and of its application. Every key is a check. */
export interface Expectation {
  readonly status?: number;
  readonly body?: string;
  readonly body_json?: unknown;
  readonly body_contains?: readonly string[];
  readonly decoded_body_repeat?: Repeated;
  /** Only in Sluice: problem+json (RFC 9457) with at least these members. */
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
  /** The application refuses to start, with this part of a message. */
  readonly construct_error?: string;
  /** The error reaches the server: in Sluice the logger. */
  readonly error_propagates?: boolean;
  /** The same, with this part of a message. */
  readonly server_error?: string;
  readonly handler_called?: boolean;
  readonly order?: readonly string[];
}

export interface WireStep {
  readonly request: WireRequest;
  readonly expect: Expectation;
  readonly save_cookie?: string;
}

/** One case: an application with one middleware, its requests and its answers. */
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
  /** The expectations of Sluice, which replace those in `expect`. */
  readonly sluice?: Expectation;
  readonly steps?: readonly WireStep[];
  readonly cookie_jar?: boolean | string;
}

const FILE = path.resolve(__dirname, '../data/wire-cases.jsonl');

/** Reads all cases of the file, in order, with the answers of Starlette 1.7 or those under `sluice`. */
export function readCases(): readonly WireCase[] {
  const lines = readFileSync(FILE, 'utf8').trim().split('\n');
  return lines.map((line) => toCase(JSON.parse(line) as WireLine));
}

function toCase({ id, middleware, options, app, note, ...line }: WireLine): WireCase {
  const expect = { ...line.expect, ...line.sluice };
  const steps = line.steps ?? [{ request: line.request!, expect }];
  return { id, middleware, options, app, steps, keepsCookies: Boolean(line.cookie_jar), note };
}
