import { All, Controller, Get, Head, Options, Post, Version, VERSION_NEUTRAL } from '@sluice/core';
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
