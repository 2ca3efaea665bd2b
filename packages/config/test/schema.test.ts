import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { IsPort, IsUrl, ValidateBy } from 'class-validator';
import fc from 'fast-check';
import * as v from 'valibot';
import { z } from 'zod';
import { ConfigurationError, createApp, token, type Provider, type StandardSchema } from '@sluice/core';
import { config, describeConfig, loadConfig } from '../src';
import { findNearestName } from '../src/nearest-name';
import { compileOnly, expectType } from '../../core/test/compile-only';

const schema = z.object({
  PORT: z.coerce.number().int().default(8000),
  NAME: z.string().min(3),
  SECRET: z.string(),
  HOSTS: z
    .string()
    .transform((text) => text.split(','))
    .optional(),
});
type Output = z.infer<typeof schema>;
const SETTINGS = token<Readonly<Output>>('settings');

function catchMessage(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('a Standard Schema', () => {
  it('makes the settings behind a token', async () => {
    const env = { NAME: 'ada', SECRET: 'hush hush', PATH: '/bin', HOSTS: 'a,b' };
    const app = await createApp({
      providers: [config({ token: SETTINGS, schema, secrets: ['SECRET'], env })],
    });
    const settings = app.get(SETTINGS);
    expect({ ...settings }).toEqual({ PORT: 8000, NAME: 'ada', HOSTS: ['a', 'b'] });
    expect(settings.SECRET).toBe('hush hush');
    expect(inspect(settings) + JSON.stringify(settings)).not.toContain('hush');
    expect(Object.isFrozen(settings) && Object.isFrozen(settings.HOSTS)).toBe(true);
    expect(describeConfig(settings)).toMatch(
      /^PORT +8000 +default\nNAME +ada +environment\nSECRET +•••• +environment\n/,
    );
  });

  it.each([
    ['zod', z.object({ PORT: z.coerce.number(), NAME: z.string().min(3) })],
    [
      'valibot',
      v.object({
        PORT: v.pipe(v.string(), v.transform(Number), v.number()),
        NAME: v.pipe(v.string(), v.minLength(3)),
      }),
    ],
  ] as [string, StandardSchema<object>][])('of %s says what is missing and what is wrong', (_, one) => {
    const message = catchMessage(() => loadConfig({ schema: one, env: { PORT: 'eighty' } }));
    expect(message).toMatch(/CONFIG_INVALID {2}PORT\n {4}[^]+\n {4}Change it in the environment\.\n/);
    expect(message).toMatch(/CONFIG_MISSING {2}NAME\n {4}The variable is not set, and has no default\.\n/);
    expect(message).not.toContain('eighty');
  });

  it('is waited for by config, and refused by loadConfig, if it is asynchronous', async () => {
    const slow = z.object({ NAME: z.string().refine(async (name) => Promise.resolve(name === 'ada')) });
    const NAMED = token<{ NAME: string }>('named');
    const app = await createApp({
      providers: [config({ token: NAMED, schema: slow, env: { NAME: 'ada' } })],
    });
    expect(app.get(NAMED).NAME).toBe('ada');
    await expect(
      createApp({ providers: [config({ token: NAMED, schema: slow, env: { NAME: 'bob' } })] }),
    ).rejects.toThrow(/CONFIG_INVALID {2}NAME/);
    expect(catchMessage(() => loadConfig({ schema: slow, env: { NAME: 'bob' } }))).toMatch(
      /OPTION_INVALID {2}loadConfig\(\)\n {4}A rule or the schema is asynchronous/,
    );
  });

  it('sees only variables with the prefix, so that a strict one refuses the others', () => {
    const strict = z.strictObject({ PORT: z.coerce.number() });
    expect(loadConfig({ schema: strict, prefix: 'APP_', env: { APP_PORT: '1', HOME: '/' } })).toEqual({
      PORT: 1,
    });
    expect(
      catchMessage(() => loadConfig({ schema: strict, prefix: 'APP_', env: { APP_PORT: '1', APP_X: '2' } })),
    ).toMatch(/CONFIG_INVALID {2}config\(\)\n {4}Unrecognized key: "X"\./);
    const loose = z.object({ PORT: z.coerce.number() });
    const options = {
      schema: loose,
      prefix: 'APP_',
      refuseUnknown: true,
      env: { APP_PORT: '1', APP_X: '2' },
    };
    expect(catchMessage(() => loadConfig(options))).toMatch(/CONFIG_UNKNOWN {2}APP_X\n/);
  });

  it('must describe an object, and may freeze it', () => {
    expect(
      catchMessage(() => loadConfig({ schema: z.unknown().transform(() => 5) as never, env: {} })),
    ).toMatch(/The output of the schema is not an object\./);
    const frozen = z.object({ A: z.string() }).readonly();
    expect(inspect(loadConfig({ schema: frozen, secrets: ['A'], env: { A: 'hush' } }))).toBe("{ A: '••••' }");
  });

  it('may make an instance of a class with private fields', () => {
    class Database {
      readonly #url: URL;
      constructor(
        readonly KEY: string,
        url: string,
      ) {
        this.#url = new URL(url);
      }
      get host() {
        return this.#url.host;
      }
    }
    const instances = z
      .object({ KEY: z.string(), DATABASE_URL: z.string() })
      .transform(({ KEY, DATABASE_URL }) => new Database(KEY, DATABASE_URL));
    const env = { KEY: 'hush', DATABASE_URL: 'postgres://app@db.example/app' };
    const settings = loadConfig({ schema: instances, secrets: ['KEY'], env });
    expect(settings).toBeInstanceOf(Database);
    expect([settings.host, settings.KEY]).toEqual(['db.example', 'hush']);
    expect(inspect(settings)).toBe("Database { KEY: '••••' }");
  });

  it('does not print the password of a URL, wherever its output has one', () => {
    const database = 'postgres://app:hush@db/app';
    const text = z.string();
    const nested = z.object({
      TEXT: text,
      LIST: text.transform((url) => [url]),
      URL: text.transform((url) => new URL(url)),
      OBJECT: text.transform((url) => ({ url, list: [new URL(url)] })),
    });
    const env = Object.fromEntries(Object.keys(nested.shape).map((name) => [name, database]));
    const settings = loadConfig({ schema: nested, env });
    const shown = inspect(settings, { depth: 5 }) + JSON.stringify(settings) + describeConfig(settings);
    expect(shown).toContain('postgres://app:••••@db/app');
    expect(shown).not.toContain('hush');
    expect(settings.URL.password).toBe('hush');
  });

  it.each([
    ['a secret', { KEY: 'hush-hush-hush' }, 'SyntaxError'],
    ['a short secret', { KEY: 'hush' }, 'SyntaxError'],
    ['a URL with a password', { DATABASE: 'app:hush@:99999' }, 'TypeError'],
  ])('does not pass on what it throws with a part of %s', async (_, env, kind) => {
    const failing = z.object({
      KEY: z
        .string()
        .default('""')
        .transform((text): unknown => JSON.parse(text)),
      DATABASE: z
        .string()
        .default('http://a')
        .transform((text) => new URL(text.replace(/^app/, 'http://app'))),
    });
    const provider = config({ token: token<object>('failing'), schema: failing, secrets: ['KEY'], env });
    const shown = inspect(await createApp({ providers: [provider] }).catch((error: unknown) => error));
    expect(shown).toContain(`A rule or the schema threw ${kind}. It is not shown, because`);
    expect(shown).not.toContain('hush');
  });

  it('passes on what it throws', () => {
    const failing = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: () => {
          throw new RangeError('a mistake of the schema');
        },
      },
    } as const;
    expect(() => loadConfig({ schema: failing, env: {} })).toThrow(RangeError);
  });
});

it('the types of settings are those of the class or the schema', () => {
  class Settings {
    @IsPort() PORT = 8000;
  }
  compileOnly(() => [
    expectType<Readonly<Settings>>()(loadConfig(Settings)),
    expectType<Readonly<Output>>()(loadConfig({ schema })),
    createApp({ providers: [config(Settings), config({ token: SETTINGS, schema, secrets: ['SECRET'] })] }),
    ((): Provider[] => [config(Settings), config({ token: SETTINGS, schema })])(),
  ]);
  // @ts-expect-error -- the schema has no such key
  compileOnly(() => loadConfig({ schema, secrets: ['NOTHING'] }));
  // @ts-expect-error -- the output does not fit the token
  compileOnly(() => config({ token: token<{ OTHER: string }>('other'), schema }));
  // @ts-expect-error -- a class needs no token
  compileOnly(() => config(Settings, { token: SETTINGS }));
  // @ts-expect-error -- settings are not changed
  compileOnly(() => (loadConfig(Settings).PORT = 1));
  // @ts-expect-error -- a schema needs a token
  compileOnly(() => config({ schema }));
  expect(SETTINGS.name).toBe('settings');
});

describe('whatever the variables are', () => {
  const variables = fc.dictionary(
    fc.oneof(fc.constantFrom('PORT', 'URL', 'TOKEN', 'TOKEN_FILE', '__proto__'), fc.string()),
    fc.oneof(fc.string(), fc.constantFrom('80', '', 'https://a.example', 'hush-hush')),
  );
  class Settings {
    @IsPort() PORT = 8000;
    @IsUrl() URL = 'https://default.example';
    @ValidateBy({ name: 'known', validator: { validate: (value) => value === 'hush-hush' } }) TOKEN =
      'hush-hush';
  }

  it('a class gives settings that pass, or one error that lists every variable once', () => {
    fc.assert(
      fc.property(variables, (env) => {
        try {
          const settings = loadConfig(Settings, { env });
          expect(settings.PORT).toBe(env['PORT'] ? Number(env['PORT']) : 8000);
          expect(settings.TOKEN).toBe('hush-hush');
          expect(settings).toBeInstanceOf(Settings);
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error;
          const places = error.problems.map(({ place }) => place);
          expect(new Set(places).size).toBe(places.length);
          expect(places.every((place) => env[place] !== '')).toBe(true);
        }
      }),
    );
  });

  it('a misspelling of one letter is near, and a name of other letters is not', () => {
    const name = fc.string({ unit: fc.constantFrom(...'ABCDEFG'), minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(name, fc.nat(), (given, at) => {
        const index = at % given.length;
        const missing = given.slice(0, index) + given.slice(index + 1);
        const swapped =
          given.slice(0, index) + (given[index + 1] ?? '') + given[index]! + given.slice(index + 2);
        for (const wrong of [missing, swapped, `${given}X`, given.toLowerCase()])
          expect(findNearestName(wrong, [given, 'XYZXYZXYZXYZXYZXYZXYZXYZ'])).toBe(given);
        expect(findNearestName(given, [given.replace(/./g, 'Z')])).toBeUndefined();
      }),
    );
  });
});

it('docs/errors.md shows the messages', () => {
  const document = readFileSync(path.resolve(__dirname, '../../../docs/errors.md'), 'utf8');
  class Settings {
    @IsPort() PORT = 8000;
    @IsUrl() DATABASE_URL!: string;
  }
  const messages = [
    catchMessage(() => loadConfig(Settings, { env: { PORT: 'eighty' } })),
    catchMessage(() =>
      loadConfig(Settings, {
        prefix: 'APP_',
        refuseUnknown: true,
        env: { APP_PROT: '1', APP_DATABASE_URL: 'https://a.example' },
      }),
    ),
  ];
  const shown = messages.flatMap((message) => message.split('\n\n').slice(1)).map((one) => one.trimEnd());
  expect(shown).toHaveLength(3);
  for (const message of shown) expect(document).toContain(`\`\`\`text\n${message}\n\`\`\``);
});
