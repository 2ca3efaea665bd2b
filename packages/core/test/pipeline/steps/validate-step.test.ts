import { Type } from 'class-transformer';
import { Allow, IsEmail, IsInt, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { Body, Controller, createApp, Post, type ErrorDetail } from '../../../src';
import { makeLogger } from '../../make-logger';

class Address {
  @IsString() @MaxLength(5) zip!: string;
}

class Person {
  @IsEmail() email!: string;
  @IsOptional() @IsInt() age?: number;
  @IsOptional() @ValidateNested() @Type(() => Address) address?: Address;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Address) others?: Address[];
  @Allow() note?: unknown;

  get domain(): string {
    return this.email.split('@')[1]!;
  }
}

class Login {
  @IsString() name!: string;
}

@Controller('/people')
class PeopleController {
  @Post() create(@Body() person: Person) {
    return {
      isPerson: person instanceof Person,
      isAddress: person.address instanceof Address,
      at: person.domain,
    };
  }
  @Post('/form') login(@Body('form') login: Login) {
    return { isLogin: login instanceof Login, name: login.name };
  }
}

async function send(body: unknown, url = '/people', contentType = 'application/json') {
  const app = await createApp({ controllers: [PeopleController], development: false, logger: makeLogger() });
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return app.inject({ method: 'POST', url, body: text, headers: { 'content-type': contentType } });
}

async function readErrors(body: unknown): Promise<readonly (readonly [string, string])[]> {
  const response = await send(body);
  expect(response.status).toBe(422);
  const problem = response.json<{ code: string; errors: ErrorDetail[] }>();
  expect(problem.code).toBe('validation_failed');
  expect(problem.errors.every((error) => error.in === 'body')).toBe(true);
  return problem.errors.map(({ pointer, code }) => [pointer, code] as const).sort();
}

describe('a body class', () => {
  it('gives the handler an instance, with nested instances', async () => {
    const response = await send({
      email: 'a@b.example',
      age: 7,
      address: { zip: '1' },
      note: { any: 'thing' },
    });
    expect([response.status, response.json()]).toEqual([
      200,
      { isPerson: true, isAddress: true, at: 'b.example' },
    ]);
  });

  it('also takes a form', async () => {
    const response = await send('name=x', '/people/form', 'application/x-www-form-urlencoded');
    expect(response.json()).toEqual({ isLogin: true, name: 'x' });
    const first = await send('name=x&name=y', '/people/form', 'application/x-www-form-urlencoded');
    expect(first.json()).toEqual({ isLogin: true, name: 'x' });
    const bad = await send('other=x', '/people/form', 'application/x-www-form-urlencoded');
    expect(bad.status).toBe(422);
  });

  it('reports every broken rule and its place', async () => {
    expect(await readErrors({ email: 5, age: 1.5 })).toEqual([
      ['/age', 'isInt'],
      ['/email', 'isEmail'],
    ]);
  });

  it('points into nested objects and lists', async () => {
    const body = {
      email: 'a@b.example',
      address: { zip: 'toolong' },
      others: [{ zip: '1' }, { zip: 7, 'a/b~': 1 }],
    };
    expect(await readErrors(body)).toEqual([
      ['/address/zip', 'maxLength'],
      ['/others/1/a~1b~0', 'whitelistValidation'],
      ['/others/1/zip', 'isString'],
      ['/others/1/zip', 'maxLength'],
    ]);
  });

  it('refuses keys without a rule', async () => {
    expect(await readErrors({ email: 'a@b.example', isAdmin: true })).toEqual([
      ['/isAdmin', 'whitelistValidation'],
    ]);
  });

  it.each(['null', '[]', '[{"email":"a@b.example"}]', '"text"', '5', 'true'])('refuses %s', async (body) => {
    expect(await readErrors(body)).toEqual([['', 'object']]);
  });

  it.each(['x', 5, true])('refuses %j instead of a nested object', async (address) => {
    const errors = await readErrors({ email: 'a@b.example', address });
    expect(errors).not.toHaveLength(0);
    expect(errors.every(([pointer]) => pointer.startsWith('/address'))).toBe(true);
  });

  it('never echoes values', async () => {
    const secret = 'secret-value';
    const response = await send({
      email: secret,
      age: secret,
      address: { zip: secret },
      others: [secret],
      other: secret,
    });
    expect(response.status).toBe(422);
    expect(response.text()).not.toContain(secret);
  });

  it('reports a hundred errors at most, whatever is sent', async () => {
    const body = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, 1]));
    expect(await readErrors(body)).toHaveLength(100);
  });

  it.each([
    '{"__proto__":{"email":"a@b.example"}}',
    '{"email":"a@b.example","constructor":{"prototype":{"x":1}}}',
  ])('never touches a prototype: %s', async (body) => {
    expect((await send(body)).status).toBe(400);
    expect(({} as Record<string, unknown>)['email']).toBeUndefined();
  });

  it('refuses a body that is nested too deep', async () => {
    const nest = (depth: number) => `{"email":"a@b.example","note":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect((await send(nest(98))).status).toBe(200);
    const response = await send(nest(100_000));
    expect([response.status, response.json()]).toMatchObject([
      422,
      { errors: [{ pointer: '', code: 'depth' }] },
    ]);
  });
});
