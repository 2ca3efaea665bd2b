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
import { metadata } from '../../../src/metadata/metadata';
import { readMembers } from '../../../src/metadata/stored-record';
import { readDesignTypes } from '../../../src/metadata/store';

const a = { name: 'a', handle: () => undefined };
const b = { name: 'b', handle: () => undefined };
const c = { name: 'c', handle: () => undefined };

describe('@Controller', () => {
  it('writes the prefix, by default /', () => {
    @Controller('/notes')
    class Notes {}
    @Controller()
    class Root {}
    expect([
      metadata.controller.read(Notes)?.path,
      metadata.controller.read(Root)?.path,
      metadata.controller.read(class {}),
    ]).toEqual(['/notes', '/', undefined]);
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

  it('write the method and the path, in the order written', () => {
    expect(metadata.routes.read(Routes.prototype, 'both')).toEqual([
      { method: 'GET', path: '/g' },
      { method: 'POST', path: '/p' },
    ]);
    const methods = ['put', 'patch', 'remove', 'head', 'options', 'all'].map(
      (property) => metadata.routes.read(Routes.prototype, property)[0]!.method,
    );
    expect(methods).toEqual(['PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ALL']);
  });

  it('list their methods in the order written', () => {
    expect(readMembers(Routes.prototype)).toEqual([
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

  it('keeps the order written, although decorators are applied from bottom to top', () => {
    expect(metadata.middleware.read(Routes)).toEqual([a, b, c]);
    expect(metadata.middleware.read(Routes.prototype, 'show')).toEqual([c, a, b]);
    expect(metadata.middleware.read(class {})).toEqual([]);
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
    expect(metadata.catches.read(Routes)).toEqual([{ error: TypeError, handle }]);
    expect(metadata.catches.read(Routes.prototype, 'onMissing')).toEqual([{ error: 404, handle: undefined }]);
    expect([metadata.bodyLimit.read(Routes), metadata.bodyLimit.read(Routes.prototype, 'create')]).toEqual([
      10, 20,
    ]);
    expect(metadata.injections.read(Routes)).toEqual([{ index: 0, token: 'one' }]);
    expect(readDesignTypes(Routes)).toEqual([Object, Date]);
  });
});
