import {
  Body,
  Cookie,
  createParameterDecorator,
  Ctx,
  Header,
  Param,
  Query,
  type Context,
} from '../../../src';
import { metadata } from '../../../src/metadata/metadata';
import { readMembers } from '../../../src/metadata/stored-record';
import { makeContext } from '../../make-context';

const Name = createParameterDecorator(
  'Name',
  (context: Context, _use, prefix: string) => prefix + context.request.path,
);

class Dto {}

class Handlers {
  all(
    @Param('id', Number) _id: number,
    @Query('q') _query: string,
    @Header('X-A') _header: string,
    @Cookie('c') _cookie: string,
    @Body('form') _form: unknown,
    @Body(Dto) _dto: unknown,
    @Body() _body: unknown,
    @Ctx() _context: Context,
    @Name('at ') _name: string,
  ): void {}

  undefinedType(@Body(undefined) _body: unknown, @Query('q', undefined) _query: unknown): void {}
}

describe('the parameter decorators', () => {
  it('write one record each, in order', () => {
    expect(metadata.parameters.read(Handlers.prototype, 'all')).toEqual([
      { index: 0, kind: 'param', name: 'id', type: Number },
      { index: 1, kind: 'query', name: 'q', type: undefined },
      { index: 2, kind: 'header', name: 'X-A', type: undefined },
      { index: 3, kind: 'cookie', name: 'c', type: undefined },
      { index: 4, kind: 'body', name: 'body', format: 'form' },
      { index: 5, kind: 'body', name: 'body', type: Dto },
      { index: 6, kind: 'body', name: 'body', type: undefined },
      { index: 7, kind: 'context', name: 'context' },
      { index: 8, kind: 'custom', name: 'Name', read: expect.any(Function) },
    ]);
  });

  it('write null for a given type that is undefined', () => {
    const types = metadata.parameters.read(Handlers.prototype, 'undefinedType').map(({ type }) => type);
    expect(types).toEqual([null, null]);
  });

  it('list their methods', () => expect(readMembers(Handlers.prototype)).toEqual(['all', 'undefinedType']));
});

describe('createParameterDecorator', () => {
  it('passes on the context and the data', () => {
    const record = metadata.parameters.read(Handlers.prototype, 'all')[8]!;
    expect(record.read!(makeContext({ url: '/x' }), () => undefined as never)).toBe('at /x');
  });
});
