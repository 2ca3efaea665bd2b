import { IsString } from 'class-validator';
import { Body, Controller, createApp, Post, type Class } from '../../../src';
import { compileFiles } from './compile-files';
import { listProblems, lost } from './list-problems';

const METADATA_COMPILERS = ['tsc', 'tsc, file by file', 'swc'] as const;

const CAT = "const { IsString } = require('class-validator'); export class Cat { @IsString() name!: string }";

const CATS = `
  const { Body, Controller, Cookie, Form, Get, Header, Param, Post, Query } = require('@sluice/core');
  const { IsEnum, IsInt, IsOptional, IsString } = require('class-validator');
  type Partial<T> = { [Key in keyof T]?: T[Key] };
  type Readonly<T> = { readonly [Key in keyof T]: T[Key] };
`;

function load(compiler: Parameters<typeof compileFiles>[2], source: string): Class {
  const files = {
    'main.ts': "import './circle'; export { Cats } from './app';",
    'app.ts': CATS + source,
    'cat.ts': CAT,
    'dog.ts': CAT.replace('Cat', 'Dog'),
    'order.ts': "export enum Order { Up = 'up', Down = 'down' }",
    'circle.ts': `import * as app from './app'; export const other = app; ${CAT}`,
  };
  return compileFiles<{ Cats: Class }>(files, 'main.ts', compiler).Cats;
}

describe.each(METADATA_COMPILERS)('a type that %s emits', (compiler) => {
  it.each([
    ['is imported', "import { Cat } from './cat';", []],
    ['is imported by `import type`', "import type { Cat } from './cat';", lost('create')],
    ['is imported by an inline type', "import { type Cat } from './cat';", lost('create')],
    ['is undefined, because its file imports this one', "import { Cat } from './circle';", lost('create')],
  ])('is a class that %s', async (_how, line, problems) => {
    const Cats = load(
      compiler,
      `${line} @Controller() export class Cats { @Post() create(@Body() cat: Cat) {} }`,
    );
    expect(await listProblems(Cats)).toEqual(problems);
  });

  it('is nothing for a union, an alias, an initialiser and an interface', async () => {
    const source = `
      import { Cat } from './cat'; import { Dog } from './dog';
      interface Shape { name: string }
      @Controller() export class Cats<T> {
        @Post('/a') partial(@Body() cat: Partial<Cat>) {}
        @Post('/b') union(@Body() cat: Cat | Dog) {}
        @Post('/c') maybe(@Body() cat: Cat | undefined) {}
        @Post('/d') readonly(@Body() cat: Readonly<Cat>) {}
        @Post('/e') json(@Body('json') cat: Partial<Cat>) {}
        @Post('/f') shape(@Body() shape: Shape) {}
        @Post('/g') generic(@Body() item: T) {}
        @Post('/h') both(@Form() cat: Cat & Dog) {}
        @Get('/i') limit(@Query('limit') limit: number | undefined) {}
        @Get('/j') flag(@Query('flag') flag = false) {}
        @Get('/k/:id') id(@Param('id') id: number | string) {}
        @Get('/l') header(@Header('limit') limit: number | null) {}
        @Get('/m') cookie(@Cookie('limit') limit = 1) {}
      }
    `;
    const names = ['partial', 'union', 'maybe', 'readonly', 'json', 'shape', 'generic', 'both'];
    const texts = ['limit', 'flag', 'id', 'header', 'cookie'];
    expect(await listProblems(load(compiler, source))).toEqual(lost(...names, ...texts));
  });

  it('is nothing for a union or an initialiser of a property that is made of text', async () => {
    const source = `
      class Flags { @IsOptional() flag: boolean | undefined; @IsOptional() other = false }
      @Controller() export class Cats {
        @Get('/a') query(@Query() flags: Flags) {}
        @Get('/b/:flag/:other') path(@Param() flags: Flags) {}
        @Get('/c') headers(@Header() flags: Flags) {}
        @Get('/d') cookies(@Cookie() flags: Flags) {}
        @Post('/e') form(@Form() flags: Flags) {}
        @Post('/f') json(@Body() flags: Flags) {}
      }
    `;
    const names = ['query', 'path', 'headers', 'cookies', 'form'];
    expect(await listProblems(load(compiler, source))).toEqual(
      lost(...names.flatMap((name) => [name, name])),
    );
  });

  it('is enough where a decorator or a rule names the type', async () => {
    const source = `
      import { Cat } from './cat'; import { Order } from './order';
      class Filter { @IsInt() limit: number | undefined; @IsEnum(Order) order!: Order }
      @Controller() export class Cats {
        @Post('/a') body(@Body(Cat) cat: Cat | undefined) {}
        @Get('/b') limit(@Query('limit', Number) limit: number | undefined) {}
        @Get('/c') order(@Query('order', { enum: Order }) order: Order) {}
        @Get('/d') filter(@Query() filter: Filter) {}
        @Get('/e') tags(@Query('tag', [String]) tags: readonly string[]) {}
        @Get('/f') optional(@Query('limit') limit?: number) {}
        @Get('/g') typed(@Query('flag') flag: boolean = false) {}
      }
    `;
    expect(await listProblems(load(compiler, source))).toEqual([]);
  });
});

describe('a compiler that emits no metadata', () => {
  it('loses every type, so the decorators must name them', async () => {
    const source = `
      import { Cat } from './cat';
      class Flags { @IsOptional() flag?: boolean; @IsInt() limit!: number }
      @Controller() export class Cats {
        @Post('/a') body(@Body() cat: Cat) {}
        @Get('/b') limit(@Query('limit') limit: number) {}
        @Get('/c') flags(@Query(Flags) flags: Flags) {}
        @Post('/d') named(@Body(Cat) cat: Cat) {}
        @Post('/e') unchecked(@Body({ validate: false }) cat: Cat) {}
      }
    `;
    const Cats = load('esbuild', source);
    const missing = ['body', 'limit'].map((name) => ({
      code: 'METADATA_MISSING',
      place: `${name}, parameter 0`,
    }));
    expect(await listProblems(Cats)).toEqual([...missing, ...lost('flags')]);
    await expect(createApp({ controllers: [Cats] })).rejects.toThrow('tsx and esbuild never emit a type');
  });
});

describe('an emitted type', () => {
  class Cat {
    @IsString() name!: string;
  }

  it.each([[[Object]], [[Function]], [[undefined]], [[null]], [[]]])(
    'says nothing if it is %p',
    async (types) => {
      @Controller()
      class Cats {
        @Post() create(@Body() _cat: Cat) {}
      }
      Reflect.defineMetadata('design:paramtypes', types, Cats.prototype, 'create');
      expect(await listProblems(Cats)).toEqual(lost('create'));
    },
  );
});
