import { Controller, createApp, Get, Mark, routeMark, UseMiddleware, type RouteInfo } from '../../../src';

const ROLES = routeMark<readonly string[]>('roles');
const OWNER = routeMark<string>('owner');
const Roles = (...roles: string[]) => Mark(ROLES, roles);
const handler = () => 'OK';

/** The routes that a middleware is prepared for. */
async function prepare(options: Parameters<typeof createApp>[0]): Promise<RouteInfo[]> {
  const seen: RouteInfo[] = [];
  const looker = { name: 'looker', prepare: (route: RouteInfo) => (seen.push(route), null), handle() {} };
  await createApp({ ...options, middleware: [looker] });
  return seen;
}

describe('a mark', () => {
  it('is read by a middleware that prepares itself: first on the class, then on the method, in the order written', async () => {
    @Controller('/notes')
    @Roles('staff')
    class NotesController {
      @Get()
      @Roles('editor')
      @Roles('admin', 'owner')
      list() {}

      @Get('/all') all() {}
    }
    const [list, all, fallback] = await prepare({ controllers: [NotesController] });
    expect(list!.marks.all(ROLES)).toEqual([['staff'], ['editor'], ['admin', 'owner']]);
    expect(list!.marks.all(ROLES, 'controller')).toEqual([['staff']]);
    expect(list!.marks.all(ROLES, 'method')).toEqual([['editor'], ['admin', 'owner']]);
    expect(list!.marks.get(ROLES)).toEqual(['admin', 'owner']);
    expect(all!.marks.get(ROLES)).toEqual(['staff']);
    expect(list!.marks.get(OWNER)).toBeUndefined();
    expect(fallback!.marks.list()).toEqual([]);
  });

  it('is inherited from a parent class', async () => {
    @Controller('/parent')
    @Roles('parent')
    class Parent {
      @Get()
      @Mark(OWNER, 'parent')
      list() {}
    }
    @Controller('/child')
    @Roles('child')
    class Child extends Parent {
      @Get() override list() {}
    }
    const [parent, child] = await prepare({ controllers: [Parent, Child] });
    expect(parent!.marks.all(ROLES)).toEqual([['parent']]);
    expect(child!.marks.all(ROLES)).toEqual([['parent'], ['child']]);
    expect(child!.marks.get(OWNER)).toBe('parent');
  });

  it('works on plain routes too', async () => {
    const [route] = await prepare({
      routes: [{ method: 'GET', path: '/', handler, marks: [ROLES.of(['admin']), OWNER.of('ada')] }],
    });
    expect(route!.marks.get(ROLES)).toEqual(['admin']);
    expect(route!.marks.get(OWNER)).toBe('ada');
  });

  it('is frozen, a copy, and part of the printed plan', async () => {
    const roles = ['admin'];
    const app = await createApp({
      routes: [{ method: 'GET', path: '/', handler, marks: [ROLES.of(roles)] }],
    });
    roles.push('everybody');
    const { marks } = app.plan.routes[0]!.info;
    expect(Object.isFrozen(marks) && Object.isFrozen(marks.get(ROLES))).toBe(true);
    expect(JSON.parse(JSON.stringify(app.plan.routes[0]!.info))).toMatchObject({
      marks: { roles: [['admin']] },
    });
  });

  it('can need something that a middleware provides', async () => {
    const LOCKED = routeMark<true>('locked', { needs: 'key' });
    const lock = { name: 'lock', provides: ['key'], handle: () => 'locked' };
    class Lock {
      readonly provides = ['key'];
      handle() {
        return 'locked by a class';
      }
    }
    @Controller()
    class DoorController {
      @Get('/a')
      @Mark(LOCKED, true)
      @UseMiddleware(lock)
      first() {}

      @Get('/b')
      @Mark(LOCKED, true)
      @UseMiddleware(Lock)
      second() {}
    }
    const app = await createApp({ controllers: [DoorController] });
    expect((await app.inject({ url: '/a' })).text()).toBe('locked');
    expect((await app.inject({ url: '/b' })).text()).toBe('locked by a class');
  });

  it('can choose what it needs by the other marks', async () => {
    const OPEN = routeMark<true>('open');
    const LOCKED = routeMark<true>('locked', {
      needs: (marks) => (marks.get(OPEN) ? undefined : 'key'),
    });
    const route = { method: 'GET', path: '/', handler } as const;
    await createApp({ routes: [{ ...route, marks: [LOCKED.of(true), OPEN.of(true)] }] });
    await expect(createApp({ routes: [{ ...route, marks: [LOCKED.of(true)] }] })).rejects.toThrow(
      'The mark locked needs "key"',
    );
  });
});
