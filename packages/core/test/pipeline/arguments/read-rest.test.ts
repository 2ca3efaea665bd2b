import { IsInt, IsString } from 'class-validator';
import * as z from 'zod';
import {
  Controller,
  createApp,
  Ctx,
  Get,
  HostParam,
  Param,
  type AppOptions,
  type Context,
} from '../../../src';

class Place {
  @IsInt() id!: number;
  @IsString() '*'!: string;
}

@Controller('/users/:id')
class FilesController {
  @Get('/files/*') file(@Param('id') id: number, @Param('*') path: string, @Ctx() { request }: Context) {
    return { id, path, same: request.param('*') };
  }

  @Get('/class/*') whole(@Param() place: Place) {
    return place;
  }

  @Get('/schema/*') schema(@Param(z.strictObject({ id: z.string(), '*': z.string() })) place: object) {
    return place;
  }

  @Get('/number/*') number(@Param('*') rest: number) {
    return { rest };
  }

  @Get('/none') none(@Ctx() { request }: Context) {
    return { rest: request.param('*') ?? null };
  }
}

async function ask(url: string, options: AppOptions = {}): Promise<unknown> {
  const app = await createApp({ controllers: [FilesController], ...options });
  const answer = await app.inject({ url });
  return answer.status === 200 ? answer.json() : `${answer.status} ${answer.json<{ code: string }>().code}`;
}

describe('the rest of a path', () => {
  it.each([
    ['a', 'a'],
    ['a/b/c.txt', 'a/b/c.txt'],
    ['', ''],
    ['/', '/'],
    ['a//b/', 'a//b/'],
    ['caf%C3%A9/x%20y', 'café/x y'],
    ['a%2Fb/c', 'a/b/c'],
    ['%2e%2E/x', '../x'],
    ['files/7/*', 'files/7/*'],
    ['a?b=/c', 'a'],
  ])('%j is read, decoded, as %j', async (sent, path) => {
    expect(await ask(`/users/7/files/${sent}`)).toEqual({ id: 7, path, same: path });
  });

  it('does not depend on slashes in other parameters', async () => {
    const routes: AppOptions['routes'] = [
      { method: 'GET', path: '/:a/:b/*', handler: ({ request }) => [request.param('a'), request.param('*')] },
      { method: 'GET', path: '/*', handler: ({ request }) => [request.param('*')] },
    ];
    expect(await ask('/x%2Fy/z/a/b', { routes })).toEqual(['x/y', 'a/b']);
    expect(await ask('/x/y', { routes })).toEqual(['x/y']);
    expect(await ask('/', { routes })).toEqual(['']);
  });

  it('with malformed percent-encoding is refused with 400', async () => {
    for (const sent of ['%', 'a/%zz', 'a/%FF'])
      expect(await ask(`/users/7/files/${sent}`)).toBe('400 percent_encoding');
  });

  it('is converted like other parameters', async () => {
    expect(await ask('/users/7/number/12')).toEqual({ rest: 12 });
    expect(await ask('/users/7/number/1/2')).toBe('422 validation_failed');
  });

  it('is a property of a class and of a schema', async () => {
    expect(await ask('/users/7/class/a/b')).toEqual({ id: 7, '*': 'a/b' });
    expect(await ask('/users/7/schema/a/b')).toEqual({ id: '7', '*': 'a/b' });
  });

  it('is undefined on a route without one', async () => {
    expect(await ask('/users/7/none')).toEqual({ rest: null });
  });

  it('begins behind the prefixes of the application, of a mount and of a version', async () => {
    const rest = {
      method: 'GET',
      path: '/x/*',
      handler: ({ request }: Context) => [request.param('*')],
    } as const;
    const versioning = { type: 'path' } as const;
    const inner = await createApp({ routes: [{ ...rest, version: '2' }], versioning, prefix: '/in' });
    const outer = await createApp({ prefix: '/api', routes: [rest] });
    outer.mount('/admin', inner);
    expect((await outer.inject({ url: '/api/x/a/b' })).json()).toEqual(['a/b']);
    expect((await outer.inject({ url: '/api/admin/in/v2/x/a/b' })).json()).toEqual(['a/b']);
  });

  it('refuses to start where the path has none', async () => {
    @Controller('/x')
    class NoRest {
      @Get('/:id') show(@Param('*') _rest: string) {}
    }
    await expect(createApp({ controllers: [NoRest] })).rejects.toThrow(
      "The path /x/:id has no * for @Param('*'), only :id.\n    End the path with /*, or change the name in @Param.",
    );
  });
});

describe('the rest of a host', () => {
  @Controller({ path: '/', host: ['*.example.com', '*.:shop.example.org'] })
  class SubdomainsController {
    @Get() show(@HostParam('*') labels: string) {
      return { labels };
    }
  }

  it.each([
    ['a.example.com', 'a'],
    ['A.b.Example.com.:81', 'a.b'],
    ['a.b.shop.example.org', 'a.b'],
  ])('is read from %s as %s', async (host, labels) => {
    const app = await createApp({ controllers: [SubdomainsController] });
    expect((await app.inject({ url: '/', headers: { host } })).json()).toEqual({ labels });
  });

  it('refuses to start where the host has none', async () => {
    @Controller({ path: '/', host: 'a.example.com' })
    class NoRest {
      @Get() show(@HostParam('*') _labels: string) {}
    }
    await expect(createApp({ controllers: [NoRest] })).rejects.toThrow(
      "The host a.example.com has no * for @HostParam('*').\n    Write @Controller({ host: '*.example.com' }), or change the name in @HostParam.",
    );
  });
});
