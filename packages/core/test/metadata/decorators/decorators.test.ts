import {
  All,
  BodyLimit,
  Catch,
  Controller,
  Delete,
  Get,
  Head,
  Inject,
  Injectable,
  Options,
  Patch,
  Post,
  Put,
  UseMiddleware,
} from '../../../src';
import { read } from '../../../src/metadata/records';
import { readDesignTypes } from '../../../src/metadata/store';

const a = { name: 'a', handle: () => undefined };
const b = { name: 'b', handle: () => undefined };
const c = { name: 'c', handle: () => undefined };

describe('@Controller', () => {
  it('writes the prefix, / where there is none', () => {
    @Controller('/notes')
    class Notes {}
    @Controller()
    class Root {}
    expect([read.prefix(Notes), read.prefix(Root), read.prefix(class {})]).toEqual([
      '/notes',
      '/',
      undefined,
    ]);
  });
});

describe('the route decorators', () => {
  class Routes {
    @Get('/g') @Post('/p') both() {}
    @Put() put() {}
    @Patch() patch() {}
    @Delete() remove() {}
    @Head() head() {}
    @Options() options() {}
    @All() all() {}
  }

  it('write method and path, in the order written', () => {
    expect(read.routes(Routes.prototype, 'both')).toEqual([
      { method: 'GET', path: '/g' },
      { method: 'POST', path: '/p' },
    ]);
    const methods = ['put', 'patch', 'remove', 'head', 'options', 'all'].map(
      (property) => read.routes(Routes.prototype, property)![0]!.method,
    );
    expect(methods).toEqual(['PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ALL']);
  });

  it('note the methods in the order written', () => {
    expect(read.properties(Routes.prototype)).toEqual([
      'both',
      'put',
      'patch',
      'remove',
      'head',
      'options',
      'all',
    ]);
  });
});

describe('@UseMiddleware', () => {
  @UseMiddleware(a, b)
  @UseMiddleware(c)
  class Routes {
    @UseMiddleware(c) @UseMiddleware(a, b) show() {}
  }

  it('keeps the order in which it is read, though decorators are applied bottom to top', () => {
    expect(read.middleware(Routes)).toEqual([a, b, c]);
    expect(read.middleware(Routes.prototype, 'show')).toEqual([c, a, b]);
    expect(read.middleware(class {})).toEqual([]);
  });
});

describe('@Catch, @BodyLimit, @Inject and @Injectable', () => {
  const handle = () => undefined;

  @Injectable()
  @BodyLimit(10)
  @Catch(TypeError, handle)
  class Routes {
    constructor(
      @Inject('one') readonly one: unknown,
      readonly two: Date,
    ) {}
    @Catch(404) onMissing() {}
    @BodyLimit(20) create() {}
  }

  it('write one record each', () => {
    expect(read.catches(Routes)).toEqual([{ error: TypeError, handle }]);
    expect(read.catches(Routes.prototype, 'onMissing')).toEqual([{ error: 404, handle: undefined }]);
    expect([read.bodyLimit(Routes), read.bodyLimit(Routes.prototype, 'create')]).toEqual([10, 20]);
    expect(read.tokens(Routes)).toEqual([{ index: 0, token: 'one' }]);
    expect(readDesignTypes(Routes)).toEqual([Object, Date]);
  });
});
