import { IsString } from 'class-validator';
import { Controller, Get, Returns, SetHeader, Sse, Status } from '../../../src';
import { Problems } from '../../../src/configuration/problems';
import { readChain } from '../../../src/metadata/class-chain';
import { readReply } from '../../../src/plan/read/read-reply';

class Note {
  @IsString() text!: string;
}

@SetHeader('X-From', 'parent')
@SetHeader('X-Parent', 'parent')
@Controller('/parents')
class Parent {
  @Get() @Status(201) @SetHeader('x-from', 'method') @Returns([Note]) list(): Note[] {
    return [];
  }
  @Sse('/events', { retry: 5 }) events() {}
}

@SetHeader('X-From', 'child')
@Controller('/children')
class Child extends Parent {
  @Get() @Status(202) override list() {
    return [];
  }
}

function read(type: new () => object, property: string) {
  const problems = new Problems();
  const steps = readReply({ place: 'X', chain: readChain(type), property, method: 'GET' }, problems);
  expect(problems.list()).toEqual([]);
  return steps;
}

describe('the steps of a reply', () => {
  it('are the status, the headers and the type, frozen', () => {
    const steps = read(Parent, 'list');
    expect(steps.map(({ name }) => name)).toEqual([
      'status(201)',
      'header(x-from)',
      'header(X-Parent)',
      'returns([Note])',
    ]);
    expect(steps.every(Object.isFrozen)).toBe(true);
  });

  it('have the nearest header of each name: the method, then the class, then its parents', () => {
    const values = read(Parent, 'events').flatMap((step) =>
      step.kind === 'header' ? [step.line.value] : [],
    );
    expect(values).toEqual(['parent', 'parent']);
    expect(read(Child, 'events')).toMatchObject([
      { kind: 'header', line: { name: 'X-From', value: 'child' } },
      { kind: 'header', line: { name: 'X-Parent', value: 'parent' } },
      { kind: 'events', options: { retry: 5 } },
    ]);
  });

  it('are inherited one by one by a method that overrides another', () => {
    expect(read(Child, 'list').map(({ name }) => name)).toEqual([
      'status(202)',
      'header(x-from)',
      'header(X-Parent)',
      'returns([Note])',
    ]);
  });
});
