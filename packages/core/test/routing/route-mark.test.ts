import { routeMark, RouteMarks } from '../../src/routing/route-mark';

const ROLES = routeMark<string>('roles');
const OWNER = routeMark<string>('owner');

describe('a mark', () => {
  it('is frozen, and so are its values', () => {
    expect([ROLES, ROLES.of('admin')].every(Object.isFrozen)).toBe(true);
    expect(ROLES.of('admin')).toEqual({ mark: ROLES, value: 'admin' });
  });

  it('differs from another mark with the same name', () => {
    const marks = new RouteMarks([{ ...routeMark<string>('owner').of('ada'), scope: 'method', distance: 0 }]);
    expect(marks.get(OWNER)).toBeUndefined();
  });
});

describe('the marks of a route', () => {
  const marks = new RouteMarks([
    { ...ROLES.of('staff'), scope: 'controller', distance: 0 },
    { ...OWNER.of('ada'), scope: 'method', distance: 0 },
    { ...ROLES.of('editor'), scope: 'method', distance: 0 },
    { ...ROLES.of('admin'), scope: 'method', distance: 0 },
  ]);

  it('have the last value as the nearest', () => {
    expect(marks.get(ROLES)).toBe('admin');
    expect(marks.all(ROLES)).toEqual(['staff', 'editor', 'admin']);
    expect([marks.all(ROLES, 'controller'), marks.all(ROLES, 'method')]).toEqual([
      ['staff'],
      ['editor', 'admin'],
    ]);
  });

  it('are listed once each, and printed by name', () => {
    expect(marks.list()).toEqual([ROLES, OWNER]);
    expect(JSON.stringify(marks)).toBe('{"roles":["staff","editor","admin"],"owner":["ada"]}');
    expect(Object.isFrozen(marks)).toBe(true);
  });
});
