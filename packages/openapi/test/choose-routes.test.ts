import {
  All,
  Controller,
  Get,
  Head,
  Options,
  Param,
  Post,
  Query,
  Version,
  VERSION_NEUTRAL,
  type PlainRoute,
} from '@sluice/core';
import { OPERATION } from '../src';
import { findOperation, readDocument } from './read-document';

@Controller('/notes')
class NotesController {
  @Get() @Get('/list') list() {}
  @Head() peek() {}
  @Options() ask() {}
  @Post('/any') post() {}
  @All('/any') any() {}
}

@Controller({ path: '/users', version: ['1', '2'] })
class UsersController {
  @Get() list() {}
  @Get('/me') @Version(VERSION_NEUTRAL) me() {}
}

describe('the operations of a document', () => {
  it('are those of the routes, without HEAD and OPTIONS', async () => {
    const { paths } = await readDocument({ controllers: [NotesController] });
    const methods = Object.entries(paths).map(([path, item]) => [path, Object.keys(item).sort()]);
    expect(methods).toEqual([
      ['/notes', ['get']],
      ['/notes/list', ['get']],
      ['/notes/any', ['delete', 'get', 'patch', 'post', 'put']],
    ]);
    expect(
      [paths['/notes'], paths['/notes/list'], paths['/notes/any']].map((item) => item?.get?.operationId),
    ).toEqual(['notes.list', 'notes.list.2', 'notes.any.get']);
    expect(paths['/notes/any']?.post?.operationId).toBe('notes.post');
  });

  it('keep the id that was given to all methods, whatever routes are added', async () => {
    const proxy = {
      method: 'ALL' as const,
      path: '/proxy',
      handler: () => 'any',
      marks: [OPERATION.of({ id: 'proxy' })],
    };
    const get = { method: 'GET' as const, path: '/proxy', name: 'proxy.read', handler: () => 'one' };
    const readIds = async (...routes: PlainRoute[]) => {
      const { paths } = await readDocument({ routes });
      return ['get', 'put'].map((method) => paths['/proxy']?.[method as 'get']?.operationId);
    };
    expect(await readIds(proxy)).toEqual(['proxy.get', 'proxy.put']);
    expect(await readIds(get, proxy)).toEqual(['proxy.read', 'proxy.put']);
  });

  it('are numbered where a plain route was given several versions', async () => {
    const handler = () => 'any';
    const marks = [OPERATION.of({ id: 'notes' })];
    const routes = [{ method: 'GET' as const, path: '/notes', version: ['1', '2'], handler, marks }];
    const { paths } = await readDocument({ routes, versioning: { type: 'path' } });
    expect(Object.entries(paths).map(([path, { get }]) => [path, get?.operationId])).toEqual([
      ['/v1/notes', 'notes'],
      ['/v2/notes', 'notes.2'],
    ]);
  });

  it('are named with their version where the path has it', async () => {
    const { paths } = await readDocument({ controllers: [UsersController], versioning: { type: 'path' } });
    expect(Object.entries(paths).map(([path, item]) => [path, item.get?.operationId])).toEqual([
      ['/v1/users', 'users.list.v1'],
      ['/v2/users', 'users.list.v2'],
      ['/users/me', 'users.me'],
    ]);
  });

  it('are those of one version, with the header that names it', async () => {
    const app = {
      controllers: [UsersController],
      versioning: { type: 'header' as const, header: 'X-Version', defaultVersion: '1' },
    };
    const document = await readDocument(app, { version: '2' });
    expect(Object.keys(document.paths)).toEqual(['/users', '/users/me']);
    const { operationId, parameters, responses } = findOperation(document, 'users.list');
    expect([operationId, Object.keys(responses)]).toEqual(['users.list', ['404', '2XX']]);
    expect(parameters).toEqual([
      {
        name: 'X-Version',
        in: 'header',
        required: true,
        description: 'The version: `2`.',
        schema: { type: 'string' },
      },
    ]);
    const first = findOperation(await readDocument(app, { version: '1' }), 'users.list');
    expect(first.parameters?.[0]).not.toHaveProperty('required');
  });

  it('are those of one version, which the media type names', async () => {
    const document = await readDocument(
      { controllers: [UsersController], versioning: { type: 'mediaType' } },
      { version: '2' },
    );
    expect(findOperation(document, 'users.list').parameters).toBeUndefined();
  });

  it('say in the media types of replies how a client asks for the version', async () => {
    const versioning = { type: 'mediaType' as const, parameter: 'version', defaultVersion: '1' };
    const read = async (version: string) =>
      findOperation(
        await readDocument({ controllers: [UsersController], versioning }, { version }),
        'users.list',
      );
    const { responses } = await read('2');
    expect(responses['2XX']?.content).toEqual({ '*/*;version=2': {} });
    expect(Object.keys(responses['404']?.content ?? {})).toEqual(['application/problem+json']);
    expect((await read('1')).responses['2XX']?.content).toEqual({ '*/*': {} });
  });

  it('are those of one version, before those of every version', async () => {
    @Controller('/people')
    class PeopleController {
      @All() @Version('2') second() {}
      @Get() @Version(VERSION_NEUTRAL) any() {}
    }
    const app = {
      controllers: [PeopleController],
      versioning: { type: 'header' as const, header: 'X-Version' },
    };
    const readId = async (version: string) =>
      (await readDocument(app, { version })).paths['/people']?.get?.operationId;
    expect([await readId('2'), await readId('1')]).toEqual(['people.second.get', 'people.any']);
    await expect(readDocument(app)).rejects.toMatchObject({
      problems: [{ code: 'OPENAPI_ROUTE_AMBIGUOUS' }],
    });
  });

  it('are those of one host, before those of every host', async () => {
    @Controller({ path: '/shop', host: 'a.example', version: '2' })
    class HostController {
      @All() show() {}
    }
    @Controller('/shop')
    class EveryController {
      @Get() list() {}
    }
    const app = {
      controllers: [EveryController, HostController],
      versioning: { type: 'header' as const, header: 'X-Version' },
    };
    const readIds = async (options: object) => {
      const { get, post } = (await readDocument(app, options)).paths['/shop']!;
      return [get?.operationId, post?.operationId];
    };
    expect(await readIds({ host: 'a.example', version: '2' })).toEqual(['host.show.get', 'host.show.post']);
    expect(await readIds({ host: 'b.example' })).toEqual(['every.list', undefined]);
    // The other route takes the requests of this host that name another version.
    const problems = [{ code: 'OPENAPI_ROUTE_AMBIGUOUS' }];
    await expect(readDocument(app, { host: 'a.example' })).rejects.toMatchObject({
      problems: [{ ...problems[0], cure: expect.stringContaining("version: '2'") as string }],
    });
    await expect(readDocument(app, { version: '2' })).rejects.toMatchObject({
      problems: [{ ...problems[0], cure: expect.stringContaining("host: 'a.example'") as string }],
    });
  });

  it('are once in a document where one handler answers several hosts', async () => {
    @Controller({ path: '/shop', host: ['a.example', ':shop.b.example'] })
    class ShopController {
      @Get() show() {}
    }
    const app = { controllers: [ShopController], basePath: '/base' };
    const { servers, operationId } = findOperation(await readDocument(app), 'shop.show');
    expect([servers, operationId]).toEqual([
      [
        { url: '//a.example/base' },
        { url: '//{shop}.b.example/base', variables: { shop: { default: 'shop' } } },
      ],
      'shop.show',
    ]);
    for (const [host, url] of [
      ['A.example', '//a.example/base'],
      [':other.b.example', '//{shop}.b.example/base'],
    ] as const) {
      const one = await readDocument(app, { host });
      expect(findOperation(one, 'shop.show').servers?.map((server) => server.url)).toEqual([url]);
    }
  });

  it('have one path where only the names of its parameters differ', async () => {
    @Controller('/shops/:shop/items')
    class ItemsController {
      @Get('/:id') show() {}
      @All('/:item') any(@Param('item', 'uuid') item: string, @Query('item') wanted?: string) {
        return [item, wanted];
      }
    }
    const { paths } = await readDocument({ controllers: [ItemsController] });
    expect(Object.keys(paths)).toEqual(['/shops/{shop}/items/{id}']);
    const { get, put } = paths['/shops/{shop}/items/{id}']!;
    expect(get?.operationId).toBe('items.show');
    expect(put?.parameters?.map((one) => [one.in, one.name, one.schema['format']])).toEqual([
      ['path', 'id', 'uuid'],
      ['query', 'item', undefined],
      ['path', 'shop', undefined],
    ]);
  });

  it('are those of one host', async () => {
    const makeShop = (host: string) => {
      @Controller({ path: '/shop', host })
      class ShopController {
        @Get() show() {}
      }
      return ShopController;
    };
    const app = { controllers: [makeShop('a.example'), makeShop('b.example')] };
    const document = await readDocument(app, { host: 'b.example' });
    expect(findOperation(document, 'shop.show').servers).toEqual([{ url: '//b.example' }]);
    await expect(readDocument(app)).rejects.toMatchObject({
      problems: [{ code: 'OPENAPI_ROUTE_AMBIGUOUS' }],
    });
  });
});
