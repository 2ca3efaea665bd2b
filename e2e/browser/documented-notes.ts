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

/** The addresses at which an application can be: its title, what is before its paths, and how it is made. */
export const PLACES: readonly [string, string, (options: AppOptions) => Promise<App>][] = [
  ['of an application', '', (options) => createApp(options)],
  ['of a mounted application, below its prefix', '/admin/api', mount],
  [
    'behind a proxy that removes basePath',
    '/shop',
    (options) => createApp({ ...options, basePath: '/shop' }),
  ],
];

async function mount(options: AppOptions): Promise<App> {
  const outer = await createApp({ routes: [{ method: 'GET', path: '/', handler: () => 'outside' }] });
  outer.mount('/admin', await createApp({ ...options, prefix: '/api' }));
  return outer;
}

/** Starts an application of `PLACES`, with its proxy. */
export async function servePlace(
  app: App,
  prefix: string,
): Promise<AsyncDisposable & { readonly url: string }> {
  const { url } = await app.listen({ port: 0, handleSignals: false });
  return removePath(prefix === '/shop' ? prefix : '', url);
}
