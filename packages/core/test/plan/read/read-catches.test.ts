import { Catch, Controller, Get } from '../../../src';
import { Problems } from '../../../src/configuration/problems';
import { checkFilter, readCatches } from '../../../src/plan/read/read-catches';
import { makePlan } from '../make-plan';

const onRoute = () => 'route';
const onClass = () => 'class';

@Controller('/parents')
@Catch(RangeError, onClass)
class Parent {
  @Catch(TypeError)
  onTypeError() {
    return 'parent';
  }

  @Get()
  @Catch(404, () => 'parent route')
  show(): unknown {
    return 1;
  }
}

@Controller('/children')
class Child extends Parent {
  override onTypeError() {
    return 'child';
  }

  @Get()
  @Catch(404, onRoute)
  override show(): unknown {
    return 2;
  }
}

describe('the error handlers of a controller', () => {
  it('are its methods with @Catch and those on the class, all with the scope of the class', () => {
    const problems = new Problems();
    const catches = readCatches(Parent, { instance: new Parent() }, problems);
    expect(catches.map(({ scope, error }) => [scope, error])).toEqual([
      ['controller', RangeError],
      ['controller', TypeError],
    ]);
    expect(catches[1]!.handle(new TypeError(), undefined as never)).toBe('parent');
    expect(problems.list()).toEqual([]);
  });

  it('are inherited and overridden', () => {
    const catches = readCatches(Child, { instance: new Child() }, new Problems());
    expect(catches.map(({ error }) => error)).toEqual([RangeError, TypeError]);
    expect(catches[1]!.handle(new TypeError(), undefined as never)).toBe('child');
  });

  it("are nearest on the route itself, a child's before its parent's", () => {
    const [route] = makePlan({ controllers: [Child] }).plan.routes;
    expect(route!.catches.map(({ scope, error }) => [scope, error])).toEqual([
      ['method', 404],
      ['method', 404],
      ['controller', RangeError],
      ['controller', TypeError],
    ]);
    expect(route!.catches[0]!.handle).toBe(onRoute);
  });

  it('come before those of the application', () => {
    class Handlers {
      @Catch(Error)
      onError() {
        return 'all';
      }
    }
    const record = { error: 500, handle: () => 'record' };
    const { plan, problems } = makePlan({ controllers: [Parent], errorHandlers: [Handlers, record] });
    expect(problems).toEqual([]);
    expect(plan.routes[0]!.catches.map(({ scope }) => scope)).toEqual([
      'method',
      'controller',
      'controller',
      'application',
      'application',
    ]);
    expect(plan.fallback.catches.map(({ error }) => error)).toEqual([Error, 500]);
  });
});

describe('checkFilter', () => {
  it.each([[Error], [TypeError], [class extends Error {}], [404], [599]])('accepts %p', (filter) => {
    expect(checkFilter(filter, 'X', new Problems())).toBe(true);
  });

  it.each([[undefined], [null], [() => 1], [class {}], ['TypeError'], [4040], [404.5], [{}]])(
    'refuses %p',
    (filter) => {
      const problems = new Problems();
      expect(checkFilter(filter, 'X', problems)).toBe(false);
      expect(problems.list()).toMatchObject([{ code: 'ERROR_HANDLER_INVALID', place: 'X' }]);
    },
  );
});
