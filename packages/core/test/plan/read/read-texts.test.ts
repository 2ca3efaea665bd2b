import {
  IsArray,
  IsBoolean,
  IsObject,
  IsOptional,
  IsPort,
  IsString,
  MinLength,
  Validate,
  ValidatorConstraint,
} from 'class-validator';
import { ConfigurationError } from '../../../src';
import { compileValidator, readTexts } from '../../../src/kit';

class Settings {
  @IsPort() port = 8000;
  @IsPort() socket = '80';
  @IsArray() hosts = ['localhost'];
  @IsBoolean() isLoud = false;
  @IsOptional() since = new Date(0);
  @MinLength(3) name!: string;
}

function check(texts: Record<string, unknown>): unknown {
  return compileValidator(Settings, {}, readTexts(Settings, 'settings'))(texts, 'query');
}

describe('readTexts', () => {
  it('gives a property the type of its default, where the compiler emitted none', () => {
    expect(readTexts(Settings, 'settings')).toEqual([
      { key: 'port', name: 'port', coercion: { coercion: 'number' } },
      { key: 'socket', name: 'socket', coercion: { coercion: 'text' } },
      { key: 'hosts', name: 'hosts', coercion: { coercion: 'text', list: true } },
      { key: 'isLoud', name: 'isLoud', coercion: { coercion: 'boolean' } },
      { key: 'since', name: 'since', coercion: { coercion: 'date' } },
      { key: 'name', name: 'name', coercion: { coercion: 'text' } },
    ]);
  });

  it('lets @IsPort accept the number that a text was converted to', () => {
    const texts = { port: '81', socket: '82', hosts: ['a', 'b'], isLoud: '1', name: 'ada' };
    expect(check(texts)).toEqual({
      port: 81,
      socket: '82',
      hosts: ['a', 'b'],
      isLoud: true,
      since: new Date(0),
      name: 'ada',
    });
    expect(check({ name: 'ada' })).toMatchObject({ port: 8000, socket: '80' });
    expect(() => check({ name: 'ada', port: '65536' })).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/port', code: 'isPort' })] }),
    );
    expect(() => check({ name: 'ada', port: '1.5' })).toThrow(expect.objectContaining({ status: 422 }));
  });

  it('has a validator made at the first value, because useContainer may be called after start-up', () => {
    let made = 0;

    @ValidatorConstraint()
    class Late {
      constructor() {
        made++;
      }

      validate() {
        return true;
      }
    }

    class Lazy {
      @Validate(Late) name = 'ada';
    }
    const validate = compileValidator(Lazy, {}, readTexts(Lazy, 'settings'));
    expect(made).toBe(0);
    void validate({ name: 'bob' }, 'query');
    expect(made).toBe(1);
  });

  it('refuses a class without rules, and a property that texts cannot become', () => {
    class Ruleless {}
    class Nested {
      @IsObject() database!: Ruleless;
      @IsString() name!: string;
    }
    expect(() => readTexts(Ruleless, 'config(Ruleless)')).toThrow(
      /DTO_WITHOUT_RULES {2}config\(Ruleless\)\n/,
    );
    expect(() => readTexts(Nested, 'config(Nested)')).toThrow(ConfigurationError);
    expect(() => readTexts(Nested, 'config(Nested)')).toThrow(
      'Nested.database is made of text, which cannot become Ruleless.',
    );
  });
});
