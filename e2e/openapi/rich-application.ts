import { Type } from 'class-transformer';
import {
  ArrayUnique,
  IsDate,
  IsEmail,
  IsEnum,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';
import { anyOf, apiKey, basic, bearer, Scopes } from '@sluice/auth';
import {
  All,
  Body,
  controller,
  Controller,
  createApp,
  File,
  Files,
  Form,
  Get,
  Header,
  HostParam,
  nestErrors,
  Param,
  Post,
  Put,
  Query,
  Returns,
  Sse,
  Status,
  UseMiddleware,
  type App,
} from '@sluice/core';
import { etag } from '@sluice/etag';
import { Operation } from '@sluice/openapi';
import { rateLimit } from '@sluice/rate-limit';
import { timeout } from '@sluice/timeout';
import { z } from 'zod';

enum Kind {
  Small = 's',
  Large = 'l',
}

class Cat {
  @IsString() name!: string;
}
class Dog {
  @IsString() name!: string;
  @IsEnum(Kind) kind!: Kind;
}
class Animal {}

class Person {
  @IsUUID() id!: string;
  @IsEmail() email!: string;
  @Matches(/^[a-z]+$/i) nick!: string;
  @IsOptional() @IsDate() @Type(() => Date) born?: Date;
  @IsOptional() @ValidateNested() @Type(() => Person) parent?: Person;
  @ArrayUnique() @IsString({ each: true }) tags: string[] = [];
  @ValidateNested({ each: true })
  @Type(() => Animal, {
    discriminator: {
      property: 'is',
      subTypes: [
        { name: 'cat', value: Cat },
        { name: 'dog', value: Dog },
      ],
    },
  })
  pets!: (Cat | Dog)[];
}

const Filter = z.object({ q: z.string().optional(), page: z.coerce.number().int().min(1).default(1) });
const verify = (): object => ({});

@Controller({ path: '/people', version: ['1', '2'] })
@UseMiddleware(anyOf(bearer({ verify }), apiKey({ verify })), rateLimit({ limit: 9, window: 9 }), etag())
class PeopleController {
  @Get() @Returns([Person]) list(
    @Query(Filter) filter: z.infer<typeof Filter>,
    @Header('X-Kind', { enum: Kind }) kind: Kind,
  ) {
    void [filter, kind];
    return [];
  }
  @Get('/:id') @Returns(Person, { include: ['id', 'email'] }) show(@Param('id', 'uuid') id: string) {
    void id;
    return new Person();
  }
  @Post() @Status(201) @Scopes('write') @Returns(Person) create(@Body() person: Person) {
    return person;
  }
  @Put('/:id/photo')
  @Operation({
    summary: 'Sets the photo.',
    deprecated: true,
    replies: { 204: 'It is set.', 409: 'Another one came.' },
  })
  photo(
    @Param('id') id: string,
    @File('photo', { types: ['image/*'], required: true }) photo: unknown,
    @Files('more') more: unknown,
    @Form('title') title: string,
  ) {
    void [id, photo, more, title];
  }
  @Sse('/events') @Returns(Person) async *events() {
    yield await Promise.resolve(new Person());
  }
}

@Controller({ path: '/shop', host: ':tenant.example.com' })
@UseMiddleware(basic({ verify }), timeout({ afterMs: 1000 }))
class ShopController {
  @All('/any') any() {}
  @Get('/files/*') file(@Param('*') path: string, @HostParam('tenant') tenant: string) {
    return path + tenant;
  }
}

const NOTE = { text: 'text', tags: { type: ['text'], required: false } } as const;

const plain = controller('/plain', (r) => [
  r.get('/:id', { params: { id: 'integer' }, query: { q: 'text?' }, returns: NOTE }, () => ({
    text: 'a',
    tags: [],
  })),
  r.post('/', { body: NOTE, returns: [NOTE] }, ({ body }) => [body]),
]);

/** Makes an application in which a document has everything that it can have. */
export function createRichApplication(): Promise<App> {
  return createApp({
    controllers: [PeopleController, ShopController, plain],
    versioning: { type: 'path' },
    prefix: '/api',
    basePath: '/base',
    formatError: nestErrors,
  });
}
