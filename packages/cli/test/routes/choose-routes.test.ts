import type { Plan } from '@sluice/core';
import { chooseRoutes, type RouteChoice } from '../../src/routes/choose-routes';
import { makePlan } from './make-plan';

describe('the routes that are asked for', () => {
  let plan: Plan;

  beforeAll(async () => (plan = await makePlan()));

  const choose = (choice: RouteChoice): string[] => chooseRoutes(plan, choice).map(({ info }) => info.name);
  const ALL = ['NotesController.show', 'NotesController.create', 'home', 'files'];

  it('are all of them without a condition', () => {
    expect(choose({})).toEqual(ALL);
  });

  it.each<[string, string[]]>([
    ['/', ALL],
    ['/notes', ['NotesController.show', 'NotesController.create']],
    ['/notes/', ['NotesController.show', 'NotesController.create']],
    ['notes/:id', ['NotesController.show']],
    ['/notes/7', ['NotesController.show']],
    ['/notes/7/more', []],
    ['/note', []],
    ['/files', ['files']],
    ['/files/a/b.txt', ['files']],
  ])('at %s are those of the pattern, below it, and matching it', (path, expected) => {
    expect(choose({ path })).toEqual(expected);
  });

  it('have the mark', () => {
    expect(choose({ mark: 'roles' })).toEqual(['NotesController.create']);
    expect(choose({ mark: 'role' })).toEqual([]);
    expect(choose({ mark: 'roles', path: '/notes/7' })).toEqual([]);
  });
});
