import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CONFIGURATION_CODES, HttpError } from '../../src';
import { UWS_MISTAKES } from '../engine/uws/uws-mistakes';
import { DECORATOR_MISTAKES } from './decorator-mistakes';
import { DEPENDENCY_MISTAKES } from './dependency-mistakes';
import { FORM_MISTAKES } from './form-mistakes';
import { LISTEN_MISTAKES } from './listen-mistakes';
import { MIDDLEWARE_MISTAKES } from './middleware-mistakes';
import { REPLY_MISTAKES } from './reply-mistakes';
import { ROUTE_MISTAKES } from './route-mistakes';
import { TLS_MISTAKES } from './tls-mistakes';

const DOCUMENT = readFileSync(path.resolve(__dirname, '../../../../docs/errors.md'), 'utf8');
const SOURCE = path.resolve(__dirname, '../../src');
const [STARTUP = '', WIRE = ''] = DOCUMENT.split('\n## On the wire\n');
const MISTAKES = [
  ...ROUTE_MISTAKES,
  ...DECORATOR_MISTAKES,
  ...FORM_MISTAKES,
  ...MIDDLEWARE_MISTAKES,
  ...DEPENDENCY_MISTAKES,
  ...LISTEN_MISTAKES,
  ...TLS_MISTAKES,
  ...REPLY_MISTAKES,
  ...UWS_MISTAKES,
];

/** The text under `### CODE`. */
const sections = new Map(
  STARTUP.split('\n### ')
    .slice(1)
    .map((section) => [section.split('\n', 1)[0]!, section] as const),
);

describe('docs/errors.md', () => {
  it('has every start-up code and no others', () => {
    expect([...sections.keys()].sort()).toEqual(Object.keys(CONFIGURATION_CODES).sort());
  });

  it.each(Object.entries(CONFIGURATION_CODES))('explains %s and shows a message', (code, meaning) => {
    const section = sections.get(code) ?? '';
    expect(section).toContain(`\n${meaning}\n`);
    expect(section).toMatch(new RegExp(`\`\`\`text\n {2}${code} {2}\\S`));
    expect(section.trimEnd().split('\n').at(-1)).not.toBe('```');
  });

  it('shows messages with the words that they have', () => {
    const real = new Set(
      MISTAKES.map(({ code, place, fault, cure }) => `  ${code}  ${place}\n    ${fault}\n    ${cure}`),
    );
    const shown = [...STARTUP.matchAll(/```text\n( {2}[A-Z_]+ {2}[^]*?)\n```/g)].map((match) => match[1]!);
    expect(shown.filter((message) => /^ {4}\S{1,2}$/m.test(message))).toEqual([]);
    const others = shown.filter((message) => !real.has(message));
    expect(shown.length).toBe(Object.keys(CONFIGURATION_CODES).length);
    expect(others.map((message) => message.trim().split(' ')[0])).toEqual([
      // packages/config/test and packages/openapi/test compare these with the real ones.
      ...Object.keys(CONFIGURATION_CODES).filter((code) => /^(?:OPENAPI|CONFIG)_/.test(code)),
      'STATE_PER_WORKER',
      'ENGINE_MISSING',
    ]);
  });

  it('has every code that core sends and no others', () => {
    const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const literal = files.flatMap((name) =>
      [...readFileSync(path.join(SOURCE, name), 'utf8').matchAll(/code: '([a-z_]+)'/g)].map(
        (match) => match[1]!,
      ),
    );
    const byStatus = [400, 404, 405, 413, 415, 500, 501].map((status) => new HttpError(status).code);
    const types = ['number', 'boolean', 'bigint', 'integer', 'date', 'uuid', 'enum'];
    const faults = [...types, 'array', 'depth', 'object', 'transform'];
    const documented = [...WIRE.matchAll(/^\| `([a-z_]+)` /gm)].map((match) => match[1]!);
    const examples = ['name_taken'];
    const sent = new Set([...literal.filter((code) => !examples.includes(code)), ...byStatus, ...faults]);
    expect([...documented].sort()).toEqual([...sent].sort());
  });
});
