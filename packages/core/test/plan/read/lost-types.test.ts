import { Type } from 'class-transformer';
import { IsBoolean, IsOptional, IsString } from 'class-validator';
import {
  Body,
  Controller,
  Cookie,
  createApp,
  createParameterDecorator,
  Ctx,
  Form,
  Get,
  Header,
  HostParam,
  Param,
  Post,
  Query,
  type Context,
} from '../../../src';
import { listProblems, lost } from './list-problems';

class Cat {
  @IsString() name!: string;
}

class Kitten extends Cat {}

class Dog {
  @IsString() name!: string;
}

interface Shape {
  readonly sides: number;
}

const Any = createParameterDecorator('Any', () => 1);

describe('a type that the compiler loses', () => {
  it('refuses to start where a body or a form is checked', async () => {
    @Controller()
    class Bodies<T> {
      @Post('/a') partial(@Body() _cat: Partial<Cat>) {}
      @Post('/b') union(@Body() _cat: Cat | Dog) {}
      @Post('/c') maybe(@Body() _cat: Cat | undefined) {}
      @Post('/d') readonly(@Body() _cat: Readonly<Cat>) {}
      @Post('/e') shape(@Body() _shape: Shape) {}
      @Post('/f') unknown(@Body() _value: unknown) {}
      @Post('/g') generic(@Body() _item: T) {}
      @Post('/h') callback(@Body() _value: () => void) {}
      @Post('/i') json(@Body('json') _cat: Partial<Cat>) {}
      @Post('/j') fields(@Body('form') _fields: Record<string, string>) {}
      @Post('/k') form(@Form() _cat: Partial<Cat>) {}
      @Post('/l') options(@Body({ unknownKeys: 'strip' }) _cat: Partial<Cat>) {}
      @Post('/m') named(@Body(Object) _cat: Cat) {}
      @Post('/n') nothing(@Body() _value: undefined) {}
    }
    const names = ['partial', 'union', 'maybe', 'readonly', 'shape', 'unknown', 'generic', 'callback'];
    const more = ['json', 'fields', 'form', 'options', 'named', 'nothing'];
    expect(await listProblems(Bodies)).toEqual(lost(...names, ...more));
  });

  it('refuses to start where a text is converted, or a whole part', async () => {
    @Controller()
    class Texts {
      @Get('/a/:id') param(@Param('id') _id: number | string) {}
      @Get('/b') query(@Query('limit') _limit: number | undefined) {}
      @Get('/c') header(@Header('x-limit') _limit: number | null) {}
      @Get('/d') cookie(@Cookie('limit') _limit: unknown) {}
      @Post('/e') field(@Form('limit') _limit: number | undefined) {}
      @Get('/f') initialised(@Query('flag') _flag = false) {}
      @Get('/g') defaulted(@Query('limit', { default: '20' as never }) _limit: number | undefined) {}
      @Get('/h') whole(@Query() _cat: Partial<Cat>) {}
      @Get('/i') headers(@Header() _cat: Cat | undefined) {}
      @Get('/j') cookies(@Cookie() _cat: Shape) {}
      @Get('/k/:name') path(@Param() _cat: unknown) {}
    }
    const names = ['param', 'query', 'header', 'cookie', 'field', 'initialised', 'defaulted'];
    const more = ['whole', 'headers', 'cookies', 'path'];
    expect(await listProblems(Texts)).toEqual(lost(...names, ...more));
  });

  it('refuses to start on a property that is made of text', async () => {
    class Flags {
      @IsOptional() flag!: boolean | undefined;
    }
    @Controller()
    class Properties {
      @Get('/a') query(@Query() _flags: Flags) {}
      @Get('/b') header(@Header() _flags: Flags) {}
      @Get('/c') cookie(@Cookie() _flags: Flags) {}
      @Get('/d/:flag') param(@Param() _flags: Flags) {}
      @Post('/e') form(@Form() _flags: Flags) {}
      @Post('/f') fields(@Body('form') _flags: Flags) {}
      @Post('/g') json(@Body() _flags: Flags) {}
    }
    expect(await listProblems(Properties)).toEqual(
      lost('query', 'header', 'cookie', 'param', 'form', 'fields'),
    );
  });

  it('starts where a decorator or a rule names the type, or nothing needs it', async () => {
    class Flags {
      @IsBoolean() ruled!: boolean | undefined;
      @IsOptional() @Type(() => Boolean) typed!: boolean | undefined;
      @IsOptional() optional?: boolean;
    }
    @Controller({ host: ':tenant.example.com' })
    class Named {
      @Get('/a') query(@Query('limit', Number) _limit: number | undefined) {}
      @Get('/b') optional(@Query('limit') _limit?: number) {}
      @Get('/c') initialised(@Query('flag') _flag: boolean = false) {}
      @Get('/d') enum(@Query('order', { enum: ['up', 'down'] }) _order: 'up' | 'down' | undefined) {}
      @Get('/e') flags(@Query() _flags: Flags) {}
      @Post('/f') body(@Body(Cat) _cat: Cat | undefined) {}
      @Post('/g') text(@Body('text') _text: unknown) {}
      @Post('/h') bytes(@Body('bytes') _bytes: unknown) {}
      @Get('/i') others(
        @Ctx() _c: Context | undefined,
        @HostParam('tenant') _t: unknown,
        @Any() _a: unknown,
      ) {}
    }
    expect(await listProblems(Named)).toEqual([]);
  });

  it('may be taken as it comes, in so many words', async () => {
    @Controller()
    class Unchecked {
      @Post('/body') body(@Body({ validate: false }) cat: Partial<Cat>) {
        return cat;
      }
      @Post('/class') class(@Body({ validate: false }) cat: Cat) {
        return cat;
      }
      @Post('/list') list(@Body('json', { validate: false }) list: number[]) {
        return list;
      }
      @Post('/form') form(@Form({ validate: false }) form: Cat) {
        return form;
      }
      @Post('/checked') checked(@Body({ validate: true }) cat: Cat) {
        return cat;
      }
    }
    const app = await createApp({ controllers: [Unchecked] });
    const send = async (path: string, body: unknown) =>
      (await app.inject({ method: 'POST', url: path, body })).json();
    expect(await send('/body', { name: 1, age: 2 })).toEqual({ name: 1, age: 2 });
    expect(await send('/class', { name: 1 })).toEqual({ name: 1 });
    expect(await send('/list', ['a'])).toEqual(['a']);
    expect(await send('/checked', { name: 1 })).toMatchObject({ status: 422 });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const form = await app.inject({ method: 'POST', url: '/form', headers, body: 'age=1&age=2' });
    expect(form.json()).toEqual({ age: ['1', '2'] });
  });
});

describe('a type that contradicts the declared one', () => {
  it('refuses to start', async () => {
    class Wrong {
      @IsOptional() @Type(() => Number) id!: string;
    }
    @Controller()
    class Contradictions {
      @Get('/a/:id') param(@Param('id', Number) _id: string) {}
      @Get('/b') query(@Query('since', { type: Date }) _since: string) {}
      @Get('/c') integer(@Query('limit', 'integer') _limit: bigint) {}
      @Get('/d') uuid(@Header('x-id', 'uuid') _id: number) {}
      @Get('/e') items(@Query('tag', [String]) _tag: string) {}
      @Get('/f') enum(@Cookie('order', { enum: ['up', 'down'] }) _order: number) {}
      @Post('/g') field(@Form('age', Number) _age: string) {}
      @Post('/h') body(@Body(Cat) _dog: Dog) {}
      @Post('/i') text(@Body(Cat) _cat: string) {}
      @Post('/j') one(@Body({ each: Cat }) _cat: Cat) {}
      @Post('/k') list(@Body(Cat) _cats: Cat[]) {}
      @Post('/l') format(@Body('text') _text: number) {}
      @Post('/m') form(@Form(Cat) _dog: Dog) {}
      @Get('/n') whole(@Query(Cat) _dog: Dog) {}
      @Get('/o') property(@Query() _wrong: Wrong) {}
    }
    const problems = await listProblems(Contradictions);
    const methods = Object.getOwnPropertyNames(Contradictions.prototype).slice(1);
    expect(problems).toEqual(
      methods.map((name) => ({ code: 'PARAMETER_TYPE_CONFLICT', place: `${name}, parameter 0` })),
    );
  });

  it('may be a parent, a child, or more exact than what the compiler emits', async () => {
    enum Size {
      Small = 1,
    }
    @Controller()
    class Agreements {
      @Get('/a/:id') uuid(@Param('id', 'uuid') _id: string) {}
      @Get('/b') integer(@Query('limit', 'integer') _limit: number) {}
      @Get('/c') list(@Query('tag', [String]) _tags: readonly string[]) {}
      @Get('/d') enum(
        @Query('size', { enum: Size }) _size: Size,
        @Query('sizes', { enum: Size }) _all: Size[],
      ) {}
      @Get('/e') letters(@Query('order', { enum: ['up'] }) _order: 'up') {}
      @Post('/f') parent(@Body(Kitten) _cat: Cat) {}
      @Post('/g') child(@Body(Cat) _cat: Kitten) {}
      @Post('/h') each(@Body({ each: Cat }) _cats: Cat[]) {}
      @Post('/i') bytes(@Body('bytes') _bytes: Uint8Array) {}
      @Post('/j') buffer(@Body(Uint8Array) _bytes: Buffer) {}
      @Post('/k') shape(@Body(Cat) _cat: { name: string }) {}
    }
    expect(await listProblems(Agreements)).toEqual([]);
  });
});
