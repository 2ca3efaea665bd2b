import {
  Body,
  BodyLimit,
  Catch,
  Controller,
  Ctx,
  Get,
  Param,
  Post,
  UseMiddleware,
  type Context,
} from '../../../src';
import { metadata } from '../../../src/metadata/metadata';
import { readMembers } from '../../../src/metadata/stored-record';
import { makePlan, named } from '../make-plan';

@Controller('/parents')
@UseMiddleware(named('parent'))
@BodyLimit(100)
class Parent {
  @Get('/one')
  @UseMiddleware(named('parent-one'))
  one() {
    return 'parent';
  }

  @Get('/two/:id')
  @UseMiddleware(named('parent-two'))
  two(@Param('id') id: number): unknown {
    return id;
  }

  @Post('/three')
  three(@Body('text') _text: string) {}

  @Catch(TypeError)
  onTypeError(): unknown {
    return 'parent';
  }
}

@Controller('/children')
@UseMiddleware(named('child'))
class Child extends Parent {
  override one() {
    return 'child';
  }

  @Get('/moved/:id')
  @UseMiddleware(named('child-two'))
  override two(@Param('id') id: number) {
    return -id;
  }

  @Get('/own')
  own(@Ctx() context: Context) {
    return context;
  }
}

const PARENT_LINES = [
  'GET  /parents/one  Parent.one  parent > parent-one > one',
  'GET  /parents/two/:id  Parent.two  parent > parent-two > two',
  'POST  /parents/three  Parent.three  parent > body(text) > three',
  '*  /*  fallback',
];
const CHILD_LINES = [
  'GET  /children/one  Child.one  parent > child > parent-one > one',
  'GET  /children/moved/:id  Child.two  parent > child > parent-two > child-two > two',
  'POST  /children/three  Child.three  parent > child > body(text) > three',
  'GET  /children/own  Child.own  parent > child > own',
  '*  /*  fallback',
];

describe('a controller that extends another', () => {
  it("has the parent's routes under its own prefix, with the parent's middleware outside its own", () => {
    const { lines, problems } = makePlan({ controllers: [Child] });
    expect(problems).toEqual([]);
    expect(lines).toEqual(CHILD_LINES);
  });

  it("does not change the parent's routes, in whichever order the two are listed", () => {
    expect(makePlan({ controllers: [Parent] }).lines).toEqual(PARENT_LINES);
    expect(makePlan({ controllers: [Parent, Child] }).lines).toEqual([
      ...PARENT_LINES.slice(0, -1),
      ...CHILD_LINES,
    ]);
    expect(makePlan({ controllers: [Child, Parent] }).lines).toEqual([
      ...CHILD_LINES.slice(0, -1),
      ...PARENT_LINES,
    ]);
  });

  it("does not change the parent's metadata", () => {
    makePlan({ controllers: [Child] });
    expect(metadata.middleware.read(Parent)).toHaveLength(1);
    expect(metadata.middleware.read(Parent.prototype, 'two')).toHaveLength(1);
    expect(metadata.routes.read(Parent.prototype, 'two')).toEqual([{ method: 'GET', path: '/two/:id' }]);
    expect(readMembers(Parent.prototype)).toEqual(['one', 'two', 'three', 'onTypeError']);
    expect(metadata.controller.read(Parent)?.path).toBe('/parents');
  });

  it("runs an overridden method for the parent's route, and takes its body limit", () => {
    const route = makePlan({ controllers: [Child] }).plan.routes[0]!;
    const handler = route.steps.at(-1)!;
    expect(handler.kind === 'handler' && handler.run()).toBe('child');
    expect(route.info.bodyLimit).toBe(100);
  });

  it('does not have the middleware of another child', () => {
    @Controller('/siblings')
    @UseMiddleware(named('sibling'))
    class Sibling extends Parent {}
    expect(makePlan({ controllers: [Sibling] }).lines).toEqual([
      'GET  /siblings/one  Sibling.one  parent > sibling > parent-one > one',
      'GET  /siblings/two/:id  Sibling.two  parent > sibling > parent-two > two',
      'POST  /siblings/three  Sibling.three  parent > sibling > body(text) > three',
      '*  /*  fallback',
    ]);
  });

  it('inherits the parameters of a method that it overrides without decorators', () => {
    @Controller('/quiet')
    class Quiet extends Parent {
      override two(id: number) {
        return id * 2;
      }
    }
    const { plan, problems } = makePlan({ controllers: [Quiet] });
    expect(problems).toEqual([]);
    expect(plan.routes[1]!.steps.at(-1)).toMatchObject({
      arguments: [{ kind: 'param', name: 'id', coercion: 'number', position: 0 }],
    });
  });
});

describe('a controller', () => {
  it('may have several paths for one method', () => {
    @Controller('/a')
    class Two {
      @Get('/x') @Post('/y') both() {}
    }
    expect(makePlan({ controllers: [Two] }).lines.slice(0, 2)).toEqual([
      'GET  /a/x  Two.both  both',
      'POST  /a/y  Two.both  body-limit(1048576) > both',
    ]);
  });

  it('may have symbols as the names of its methods', () => {
    const secret = Symbol('secret');
    @Controller('/a')
    class Symbols {
      @Get() [secret]() {}
    }
    expect(makePlan({ controllers: [Symbols] }).lines[0]).toBe(
      'GET  /a  Symbols.Symbol(secret)  Symbol(secret)',
    );
  });

  it('calls its methods on one instance', () => {
    @Controller('/a')
    class Counter {
      count = 0;
      @Get() next() {
        return ++this.count;
      }
    }
    const { plan } = makePlan({ controllers: [Counter] });
    const handler = plan.routes[0]!.steps.at(-1)!;
    const answers = handler.kind === 'handler' ? [handler.run(), handler.run()] : [];
    expect(answers).toEqual([1, 2]);
  });
});
