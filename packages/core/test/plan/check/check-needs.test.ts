import {
  createParameterDecorator,
  Controller,
  Get,
  inAnyOrder,
  routeMark,
  type Middleware,
} from '../../../src';
import { makePlan, named } from '../make-plan';

const User = createParameterDecorator('User', () => 'ada', { needs: 'user' });

@Controller('/')
class HomeController {
  @Get() show(@User() user: string) {
    return user;
  }
}

const guard: Middleware = { ...named('bearer'), provides: ['user', 'authorization', 'guard'] };
const cors: Middleware = { ...named('cors'), outside: 'guard' };
const cache: Middleware = { ...named('cache'), inside: ['guard', 'session'] };
const audit: Middleware = { ...named('audit'), needs: 'user' };
const route = { method: 'GET', path: '/', handler: () => 1, name: 'home' } as const;

const codes = (parts: Parameters<typeof makePlan>[0]) => makePlan(parts).problems.map(({ code }) => code);

describe('a middleware that a parameter needs', () => {
  it('is found by its name, or by a word that it provides', () => {
    expect(codes({ controllers: [HomeController], middleware: [named('user')] })).toEqual([]);
    expect(codes({ controllers: [HomeController], middleware: [guard] })).toEqual([]);
    expect(codes({ controllers: [HomeController] })).toEqual(['MIDDLEWARE_MISSING']);
  });
});

describe('a middleware that a mark needs', () => {
  const ROLES = routeMark<string>('roles', { needs: 'authorization' });

  it('may be inside or outside the others', () => {
    const marks = [ROLES.of('admin')];
    expect(codes({ routes: [{ ...route, marks, middleware: [guard] }] })).toEqual([]);
    expect(codes({ routes: [{ ...route, marks }] })).toEqual(['MIDDLEWARE_MISSING']);
  });
});

describe('a middleware that another one needs', () => {
  it('must be outside it', () => {
    expect(codes({ routes: [route], middleware: [guard, audit] })).toEqual([]);
    expect(codes({ routes: [route], middleware: [audit, guard] })).toEqual(['MIDDLEWARE_MISSING']);
  });
});

describe('a middleware that must be outside another one', () => {
  it('may be outside it, or run without it', () => {
    expect(codes({ routes: [route], middleware: [cors, guard] })).toEqual([]);
    expect(codes({ routes: [route], middleware: [cors] })).toEqual([]);
    expect(codes({ routes: [route], middleware: [guard, cors] })).toEqual(['MIDDLEWARE_ORDER']);
  });
});

describe('a middleware that must be inside others', () => {
  it('may be inside them, or run without them', () => {
    expect(codes({ routes: [route], middleware: [guard, named('session'), cache] })).toEqual([]);
    expect(codes({ routes: [route], middleware: [cache] })).toEqual([]);
    expect(codes({ routes: [route], middleware: [cache, named('session')] })).toEqual(['MIDDLEWARE_ORDER']);
    expect(codes({ routes: [{ ...route, middleware: [guard] }], middleware: [cache] })).toEqual([
      'MIDDLEWARE_ORDER',
    ]);
  });
});

describe('the order of a middleware in inAnyOrder', () => {
  it('is not checked, neither before it is prepared nor after', () => {
    const prepared: Middleware = { ...cache, prepare: () => cache };
    for (const middleware of [
      [guard, inAnyOrder(cors)],
      [inAnyOrder(cache), guard],
      [inAnyOrder(prepared), guard],
    ])
      expect(codes({ routes: [route], middleware })).toEqual([]);
  });
});
