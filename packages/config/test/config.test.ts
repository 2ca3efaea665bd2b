import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { Expose, Transform, Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsPort,
  IsString,
  IsUrl,
  Min,
  MinLength,
} from 'class-validator';
import { ConfigurationError, Controller, createApp, Get, type ConfigurationProblem } from '@sluice/core';
import { config, describeConfig, loadConfig, Secret } from '../src';

class Settings {
  @IsPort() PORT = 8000;
  @IsUrl({ protocols: ['postgres'], require_tld: false }) DATABASE_URL!: string;
  @Secret() @MinLength(32) SESSION_SECRET!: string;
}

const SECRET = 'a session secret of more than 32 bytes';
const GIVEN = { DATABASE_URL: 'postgres://app:hunter2@db/app', SESSION_SECRET: SECRET };

@Controller('/')
class SettingsController {
  constructor(private readonly settings: Settings) {}

  @Get()
  show() {
    return { port: this.settings.PORT, isSettings: this.settings instanceof Settings };
  }
}

async function catchProblems(
  run: () => unknown,
): Promise<readonly Pick<ConfigurationProblem, 'code' | 'place'>[]> {
  try {
    await run();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

/** The sentences of each problem, by its code and place. */
async function listProblems(run: () => unknown): Promise<string[]> {
  const problems = (await catchProblems(run)) as readonly ConfigurationProblem[];
  return problems.map(({ code, place, fault, cure }) => `${code} ${place}: ${fault} ${cure}`);
}

describe('config', () => {
  it('provides a class of settings by itself', async () => {
    const app = await createApp({
      controllers: [SettingsController],
      providers: [config(Settings, { env: { ...GIVEN, PORT: '9000' } })],
    });
    expect((await app.inject({ url: '/' })).json()).toEqual({ port: 9000, isSettings: true });
    expect(app.get(Settings).SESSION_SECRET).toBe(SECRET);
  });

  it('reads process.env when the application is made, and not before', async () => {
    class Late {
      @IsString() SLUICE_TEST_LATE!: string;
    }
    const provider = config(Late);
    process.env['SLUICE_TEST_LATE'] = 'now';
    try {
      const app = await createApp({ providers: [provider] });
      process.env['SLUICE_TEST_LATE'] = 'later';
      expect(app.get(Late).SLUICE_TEST_LATE).toBe('now');
    } finally {
      delete process.env['SLUICE_TEST_LATE'];
    }
  });

  it('reports every problem at once, with the other problems of the application', async () => {
    const problems = await catchProblems(() =>
      createApp({
        controllers: [SettingsController, class NotListed {}],
        providers: [config(Settings, { env: { PORT: 'eighty', SESSION_SECRET: 'short' } })],
      }),
    );
    expect(problems.map(({ code, place }) => `${code} ${place}`)).toEqual([
      'CONFIG_INVALID PORT',
      'CONFIG_MISSING DATABASE_URL',
      'CONFIG_INVALID SESSION_SECRET',
      'CONTROLLER_UNDECORATED NotListed',
    ]);
  });

  it('is replaced by an override, and reads nothing then', async () => {
    const app = await createApp({
      controllers: [SettingsController],
      providers: [config(Settings, { env: {} })],
      overrides: [{ token: Settings, useValue: { PORT: 1 } }],
    });
    expect((await app.inject({ url: '/' })).json()).toEqual({ port: 1, isSettings: false });
  });

  it('is not forgotten: without it, the class would have values that nothing has checked', async () => {
    expect(await catchProblems(() => createApp({ controllers: [SettingsController] }))).toMatchObject([
      { code: 'DEPENDENCY_UNRESOLVED', place: 'SettingsController, constructor parameter 0' },
    ]);
    expect(
      await listProblems(() => createApp({ controllers: [SettingsController], providers: [Settings] })),
    ).toContain(
      'PROVIDER_INVALID createApp, providers 0: Settings has validation rules, so its values come from outside, and a new instance has none. Write { token: Settings, useFactory: … }, for settings config(Settings) of @sluice/config, or @Injectable() before the class.',
    );
  });

  it('refuses options that are unknown or contradict each other', async () => {
    expect(await catchProblems(() => config(Settings, { prefx: 'A_' } as never))).toMatchObject([
      { code: 'OPTION_UNKNOWN', place: 'config()' },
    ]);
    expect(await catchProblems(() => loadConfig(Settings, { env: { PORT: 8000 } } as never))).toMatchObject([
      { code: 'OPTION_INVALID', place: 'loadConfig()' },
    ]);
    for (const target of [undefined, 'Settings', () => 1])
      expect(await listProblems(() => config(target as never))).toEqual([
        expect.stringMatching(/^OPTION_INVALID config\(\): The first argument is neither a class nor /),
      ]);
    expect(await catchProblems(() => config(Settings, { refuseUnknown: true }))).toMatchObject([
      { code: 'OPTION_INVALID', fault: expect.stringContaining('needs a prefix') as string },
    ]);
    expect(await catchProblems(() => config({ schema: 5 } as never))).toMatchObject([
      { code: 'OPTION_INVALID' },
      { code: 'OPTION_MISSING' },
    ]);
  });
});

class Every {
  @IsInt() @Min(1) WORKERS = 1;
  @IsNumber() RATIO!: number;
  @IsBoolean() IS_OPEN = false;
  @IsIn(['debug', 'info']) LEVEL = 'info';
  @ArrayNotEmpty() HOSTS = ['localhost'];
  @IsInt({ each: true }) @Type(() => Number) SIZES: number[] = [];
  @IsOptional() SINCE?: Date;
  @IsOptional() BIG?: bigint;
  @Transform(({ value }) => (value as string).length) @IsInt() LENGTH = 0;
  @Expose({ name: 'APP_NAME' }) @IsString() name = 'app';
}

describe('the values of a class', () => {
  it('are converted as those of a query, and lists by commas', () => {
    const env = {
      WORKERS: '2',
      RATIO: '0.5',
      IS_OPEN: '1',
      LEVEL: 'debug',
      HOSTS: 'a.example, b.example,',
      SIZES: '1,2',
      SINCE: '2026-01-31',
      BIG: '9007199254740993',
      LENGTH: 'four',
      APP_NAME: 'mine',
    };
    expect({ ...loadConfig(Every, { env }) }).toEqual({
      WORKERS: 2,
      RATIO: 0.5,
      IS_OPEN: true,
      LEVEL: 'debug',
      HOSTS: ['a.example', 'b.example'],
      SIZES: [1, 2],
      SINCE: new Date('2026-01-31'),
      BIG: 9007199254740993n,
      LENGTH: 4,
      name: 'mine',
    });
  });

  it('keep their default where a variable is not set or has no text', () => {
    expect(loadConfig(Every, { env: { RATIO: '1', WORKERS: '', HOSTS: undefined } })).toMatchObject({
      WORKERS: 1,
      HOSTS: ['localhost'],
      name: 'app',
    });
  });

  it('are refused one by one, each with its cure', async () => {
    const env = { WORKERS: '0', RATO: '1', IS_OPEN: 'yes', LEVEL: 'loud', HOSTS: ',', SIZES: '1,x,3,y' };
    expect(await listProblems(() => loadConfig(Every, { env }))).toEqual([
      'CONFIG_INVALID IS_OPEN: It must be true, false, 1 or 0. It is "yes". Change it in the environment.',
      'CONFIG_INVALID SIZES: Item 2 must be a number. Item 4 must be a number. It is "1,x,3,y". Change it in the environment.',
      'CONFIG_INVALID WORKERS: It must not be less than 1. It is "0". Change it in the environment.',
      'CONFIG_MISSING RATIO: The variable is not set, and has no default. Set it in the environment. RATO is set, and no setting has it: is it misspelled?',
      'CONFIG_INVALID LEVEL: It must be one of the following values: debug, info. Change it in the environment.',
      'CONFIG_INVALID HOSTS: It should not be empty. Change it in the environment.',
    ]);
  });

  it('do not come from the prototype of the environment', () => {
    class Odd {
      @IsOptional() @IsString() toString!: never;
      @IsString() constructor_ = 'own';
    }
    expect(loadConfig(Odd, { env: {} }).constructor_).toBe('own');
  });

  it('have a default that passes the rules', async () => {
    class Wrong {
      @IsInt() @Min(10) SIZE = 5;
    }
    expect(await listProblems(() => loadConfig(Wrong, { env: {} }))).toEqual([
      'CONFIG_INVALID SIZE: Its default does not pass: It must not be less than 10. Change the default.',
    ]);
  });

  it('need rules', async () => {
    class Ruleless {
      PORT = 8000;
    }
    class Half {
      @IsInt() PORT = 8000;
      @Secret() TOKEN!: string;
    }
    expect(await catchProblems(() => loadConfig(Ruleless, { env: {} }))).toMatchObject([
      { code: 'DTO_WITHOUT_RULES', place: 'config(Ruleless)' },
    ]);
    expect(await listProblems(() => loadConfig(Half, { env: {} }))).toEqual([
      'DTO_WITHOUT_RULES config(Half): Half.TOKEN has @Secret but no rule of class-validator, so nothing reads it. Add a rule to it: @IsString(), @MinLength(32) …',
    ]);
  });
});

describe('a prefix', () => {
  class Named {
    @IsInt() PORT = 8000;
    @IsString() HOST = 'localhost';
  }

  it('is in front of every variable, and not of the properties', async () => {
    const env = { APP_PORT: '1', HOST: 'other', APP_: 'x' };
    expect({ ...loadConfig(Named, { prefix: 'APP_', env }) }).toEqual({ PORT: 1, HOST: 'localhost' });
    expect(await listProblems(() => loadConfig(Named, { prefix: 'APP_', env: { APP_PORT: 'x' } }))).toEqual([
      'CONFIG_INVALID APP_PORT: It must be a number. It is "x". Change it in the environment.',
    ]);
  });

  it('lets a misspelled variable be refused, with the name that is probably meant', async () => {
    const options = { prefix: 'APP_', refuseUnknown: true } as const;
    const env = { APP_PROT: '1', APP_hosts: 'a', APP_ELSE: '1', OTHER: '2', APP_PORT: 'x' };
    expect(await listProblems(() => loadConfig(Named, { ...options, env }))).toEqual([
      'CONFIG_INVALID APP_PORT: It must be a number. It is "x". Change it in the environment.',
      'CONFIG_UNKNOWN APP_PROT: No setting has this variable. Write APP_PORT, or remove it.',
      'CONFIG_UNKNOWN APP_hosts: No setting has this variable. Write APP_HOST, or remove it.',
      'CONFIG_UNKNOWN APP_ELSE: No setting has this variable. Remove it.',
    ]);
    expect(loadConfig(Named, { prefix: 'APP_', env: { APP_PROT: '1' } }).PORT).toBe(8000);
  });
});

describe('a secret', () => {
  const settings = loadConfig(Settings, { env: GIVEN });

  it('is not printed, and neither is a password in a URL', () => {
    const printed = [
      inspect(settings),
      inspect({ deep: { settings } }),
      inspect(settings, { showHidden: true }),
      JSON.stringify({ settings }),
    ];
    // This is how console.dir prints.
    expect(inspect(settings, { customInspect: false, showHidden: true })).not.toContain(SECRET);
    for (const text of printed) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain('hunter2');
      expect(text).toContain('••••');
    }
    expect(inspect(settings)).toBe(
      "Settings {\n  PORT: 8000,\n  DATABASE_URL: 'postgres://app:••••@db/app',\n  SESSION_SECRET: '••••'\n}",
    );
    expect(Object.values({ ...settings })).not.toContain(SECRET);
    expect(structuredClone(settings)).not.toHaveProperty('SESSION_SECRET');
    const { SESSION_SECRET } = settings;
    expect(SESSION_SECRET).toBe(SECRET);
    expect(settings.SESSION_SECRET).toBe(SECRET);
  });

  it('is not in the message of an error', async () => {
    class Leaky {
      @Secret() @MinLength(32, { message: ({ value }) => `${value as string} is too short` }) TOKEN!: string;
      @Secret() @IsInt() PIN!: number;
      @IsUrl() PLACE!: string;
    }
    const env = { TOKEN: 'hunter2', PIN: '12e', PLACE: 'postgres://app:hunter3@db' };
    expect(await listProblems(() => loadConfig(Leaky, { env }))).toEqual([
      'CONFIG_INVALID PIN: It must be a number. Change it in the environment.',
      'CONFIG_INVALID TOKEN: It does not pass its rules. Change it in the environment.',
      'CONFIG_INVALID PLACE: It must be a URL address. Change it in the environment.',
    ]);
  });

  it('has a decorator with parentheses, or the class is refused', () => {
    expect(() => {
      class Careless {
        // @ts-expect-error -- no parentheses, which a compiler without types does not notice
        @Secret @IsString() TOKEN!: string;
      }
      return Careless;
    }).toThrow('@Secret has no parentheses, so nothing would hide the value.');
  });

  it('is inherited from a parent class', () => {
    class Child extends Settings {
      @IsString() NAME = 'child';
    }
    expect(inspect(loadConfig(Child, { env: GIVEN }))).not.toContain(SECRET);
  });

  it('is not shown as one that is set, if it is not', () => {
    class Optional {
      @Secret() @IsOptional() @IsString() TOKEN?: string;
      @IsInt() PORT = 1;
    }
    expect(inspect(loadConfig(Optional, { env: {} }))).toBe('Optional { TOKEN: undefined, PORT: 1 }');
  });
});

describe('the settings', () => {
  it('are frozen, with their lists', () => {
    const settings = loadConfig(Every, { env: { RATIO: '1' } });
    expect(() => Object.assign(settings, { RATIO: 2 })).toThrow(TypeError);
    expect(() => settings.HOSTS.push('x')).toThrow(TypeError);
  });

  it('are described as a table', () => {
    const settings = loadConfig(Settings, {
      prefix: 'APP_',
      env: { APP_DATABASE_URL: GIVEN.DATABASE_URL, APP_SESSION_SECRET: SECRET },
    });
    expect(describeConfig(settings).split('\n')).toEqual([
      'APP_PORT            8000                        default',
      'APP_DATABASE_URL    postgres://app:••••@db/app  environment',
      'APP_SESSION_SECRET  ••••                        environment',
    ]);
    expect(
      describeConfig(loadConfig(Every, { env: { RATIO: '1', APP_NAME: 'a\nb', HOSTS: 'x,y' } })),
    ).toMatch(
      /^HOSTS +x, y +environment\nSIZES +none +default\nSINCE +not set$[^]*^APP_NAME +"a\\nb" +environment$/m,
    );
    expect(() => describeConfig({})).toThrow(TypeError);
  });
});

describe('a secret in a file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sluice-config-'));
    writeFileSync(path.join(folder, 'session'), `${SECRET}\n`);
    writeFileSync(path.join(folder, 'short'), 'short');
    writeFileSync(path.join(folder, 'empty'), '\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const load = (name: string, more: object = {}) =>
    loadConfig(Settings, {
      files: true,
      env: { DATABASE_URL: GIVEN.DATABASE_URL, SESSION_SECRET_FILE: path.join(folder, name), ...more },
    });

  it('is read without its last line break, and the table has the path', () => {
    expect(load('session').SESSION_SECRET).toBe(SECRET);
    expect(describeConfig(load('session'))).toContain(`••••                        ${folder}`);
  });

  it.each([
    [
      'short',
      {},
      /^CONFIG_INVALID SESSION_SECRET: It must be longer than or equal to 32 characters\. Change it in .+short\.$/,
    ],
    [
      'empty',
      {},
      /^CONFIG_INVALID SESSION_SECRET: The file that SESSION_SECRET_FILE names is empty\. Write the secret into it, /,
    ],
    [
      'missing',
      {},
      /^CONFIG_INVALID SESSION_SECRET: The file that SESSION_SECRET_FILE names cannot be read: ENOENT\. /,
    ],
    [
      'session',
      { SESSION_SECRET: SECRET },
      /^CONFIG_INVALID SESSION_SECRET: Both SESSION_SECRET and SESSION_SECRET_FILE are set\. /,
    ],
  ])('%s with %j is one problem', async (name, more, message) => {
    expect(await listProblems(() => load(name, more))).toEqual([expect.stringMatching(message)]);
  });

  it('is not printed if it is in the place of the path', async () => {
    const env = { DATABASE_URL: GIVEN.DATABASE_URL, SESSION_SECRET_FILE: SECRET };
    const [problem, ...others] = await listProblems(() => loadConfig(Settings, { files: true, env }));
    expect(problem).toMatch(/^CONFIG_INVALID SESSION_SECRET: .+ which has to be the path of a file/);
    expect(problem).not.toContain(SECRET.slice(0, 6));
    expect(others).toEqual([]);
  });

  it('does not give way to a default if it is empty', async () => {
    class Key {
      @Secret() @IsString() KEY = 'for development';
    }
    const env = { KEY_FILE: path.join(folder, 'empty') };
    expect(await listProblems(() => loadConfig(Key, { files: true, env }))).toEqual([
      expect.stringContaining('CONFIG_INVALID KEY: The file that KEY_FILE names is empty.'),
    ]);
  });

  it('is not read without the option, for a setting that is not secret, or if the class has the name', () => {
    class Key {
      @Secret() @IsOptional() @IsString() KEY?: string;
      @IsOptional() @IsString() KEY_FILE?: string;
      @IsString() NAME = 'default';
    }
    const env = { KEY_FILE: path.join(folder, 'short'), NAME_FILE: path.join(folder, 'short') };
    const settings = loadConfig(Key, { files: true, env });
    expect([settings.KEY, settings.KEY_FILE, settings.NAME]).toEqual([undefined, env.KEY_FILE, 'default']);
    expect(() =>
      loadConfig(Settings, { env: { SESSION_SECRET_FILE: path.join(folder, 'session') } }),
    ).toThrow(ConfigurationError);
  });
});
