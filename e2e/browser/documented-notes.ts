import { IsString, MaxLength } from 'class-validator';
import { bearer, Public } from '@sluice/auth';
import {
  Body,
  Controller,
  created,
  createApp,
  Get,
  Post,
  Returns,
  Status,
  UseMiddleware,
  type App,
  type AppOptions,
  type PlainRoute,
} from '@sluice/core';
import { openapi } from '@sluice/openapi';
import { securityHeaders } from '@sluice/security-headers';
import { removePath } from './remove-path';

class Note {
  @IsString() @MaxLength(200) text!: string;
}

@Controller('/notes')
@UseMiddleware(bearer({ verify: (token) => (token === 'of-ada' ? { id: 'ada' } : undefined) }))
class NotesController {
  @Get()
  @Public()
  @Returns([Note])
  list() {
    return [{ text: 'the first note' }];
  }

  @Post()
  @Status(201)
  @Returns(Note)
  create(@Body() note: Note) {
    return created(note);
  }
}

/** An application whose operation POST /notes takes the token `of-ada`, with a page for its document. */
export function describeNotes(pageRoutes: readonly PlainRoute[]): AppOptions {
  return {
    controllers: [NotesController],
    middleware: [securityHeaders({ preset: 'strict' })],
    routes: [...openapi({ info: { title: 'Notes & <more>', version: '1.0.0' } }), ...pageRoutes],
  };
}

/** An address at which an application can be. */
interface Place {
  readonly name: string;
  /** The part of an address before the paths of the application. */
  readonly prefix: string;
  /** The part of it that the proxy removes. */
  readonly removed: string;
  readonly create: (options: AppOptions) => Promise<App>;
}

export const PLACES: readonly Place[] = [
  { name: 'of an application', prefix: '', removed: '', create: createApp },
  { name: 'of a mounted application, below its prefix', prefix: '/admin/api', removed: '', create: mount },
  {
    name: 'behind a proxy that removes basePath',
    prefix: '/shop',
    removed: '/shop',
    create: (options) => createApp({ ...options, basePath: '/shop' }),
  },
];

async function mount(options: AppOptions): Promise<App> {
  const outer = await createApp({ routes: [{ method: 'GET', path: '/', handler: () => 'outside' }] });
  outer.mount('/admin', await createApp({ ...options, prefix: '/api' }));
  return outer;
}

/** Starts an application at a place, behind a proxy. */
export async function servePlace(
  { prefix, removed, create }: Place,
  options: AppOptions,
): Promise<AsyncDisposable & { readonly origin: string; readonly url: string }> {
  const app = await create(options);
  const { url } = await app.listen({ port: 0, handleSignals: false });
  const proxy = await removePath(removed, url);
  return {
    origin: proxy.url,
    url: `${proxy.url}${prefix}`,
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await app.close();
    },
  };
}
