import { Type } from 'class-transformer';
import {
  Allow,
  getMetadataStorage,
  IsDate,
  IsObject,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import {
  All,
  Body,
  Catch,
  Controller,
  Cookie,
  Get,
  Header,
  Inject,
  Injectable,
  OnStart,
  Param,
  Post,
  Query,
  UseMiddleware,
} from '../../src';
import { start, type Mistake } from './mistake';

@Controller('/p')
class ParametersController {
  @Get('/undecorated') undecorated(_value: string) {}
  @Get('/twice') twice(@Query('a') @Header('b') _value: string) {}
  @Get('/date') date(@Query('since') _since: Map<string, string>) {}
  @Get('/list') list(@Header('accept', [String] as never) _types: string[]) {}
  @Get('/untyped') untyped(@Query('tag') _tags: string[]) {}
  @Post('/circle') circle(@Body(undefined) _body: unknown) {}
  @Post('/format') format(@Body('xml' as never) _body: unknown) {}
  @Get('/body') read(@Body({ validate: false }) _body: unknown) {}
  @Post('/twice') twoBodies(@Body('text') _text: string, @Body({ validate: false }) _json: unknown) {}
}

function notFound(): never {
  throw new Error("Cannot find module 'class-transformer/cjs/storage'");
}

/** Starts with a class-transformer other than the installed one. */
async function startWithTransformer(storage: () => unknown): Promise<unknown> {
  @Controller('/authors')
  class AuthorsController {
    @Post() create(@Body() _author: Author) {}
  }
  jest.doMock('class-transformer/cjs/storage', storage);
  try {
    return await start({ controllers: [AuthorsController] });
  } finally {
    jest.dontMock('class-transformer/cjs/storage');
  }
}

class EmptyNote {
  text!: string;
}

class Author {
  @IsString() name!: string;
}

class SignedNote {
  @ValidateNested() author!: Author;
}

class PlannedNote {
  @IsDate() due!: Date;
}

class Folder {
  @IsString() name!: string;
}

class MovedNote {
  @IsObject() @Type(() => Folder) target!: Folder;
}

@Controller('/dto')
class DtoController {
  @Post() create(@Body() _note: EmptyNote) {}
  @Post('/signed') sign(@Body() _note: SignedNote) {}
  @Post('/plan') plan(@Body() _note: PlannedNote) {}
  @Post('/moved') move(@Body() _note: MovedNote) {}
  @Post('/list') list(@Body({ each: Number as never }) _notes: number[]) {}
}

class UntypedList {
  @IsOptional() tag!: string[];
}

class NestedFilter {
  @ValidateNested() author!: Author;
}

class AcceptedTypes {
  @IsString({ each: true }) accept!: string[];
}

class LostFlags {
  @IsOptional() draft!: boolean | undefined;
}

class NoteNumber {
  @IsString() number!: string;
}

@Controller('/parts')
class PartsController {
  @Get('/list') list(@Query() _filter: UntypedList) {}
  @Get('/nested') nested(@Query() _filter: NestedFilter) {}
  @Get('/accept') accept(@Header() _accepted: AcceptedTypes) {}
  @Get('/number') number(@Query() _query: number) {}
  @Get('/lost') lost(@Query() _filter: Partial<NoteNumber>) {}
  @Get('/union') union(@Query() _flags: LostFlags) {}
  @Get('/without') without(@Query() _query: EmptyNote) {}
  @Get('/path/:id') path(@Param() _path: NoteNumber) {}
  @Get('/untyped/:id') untypedPath(@Param() _path: number) {}
}

@Controller('/types')
class TypesController {
  @Get() list(@Query('limit') _limit: number | undefined) {}
  @Post() create(@Body() _note: Partial<Author>) {}
  @Get('/:id') show(@Param('id', Number) _id: string) {}
}

const types = () => start({ controllers: [TypesController] });
const CAUSES =
  "Likely causes: a union (string | undefined), Partial<…> or another alias, an interface, a type parameter, `import type`, a circular import, or a default without a type (= 'Hello').";

enum Nothing {}

@Controller('/options/:size')
class OptionsController {
  @Get('/unknown') unknown(@Query('tag', { defualt: 'a' } as never) _tag: string) {}
  @Get('/enum') enum(@Param('size', { enum: Nothing }) _size: string) {}
  @Get('/circle') circle(@Query('size', { enum: undefined as never }) _size: string) {}
  @Get('/default') default(@Query('limit', { default: '20' as never }) _limit: number) {}
  @Get('/one') one(@Query('tag', { type: [Number], default: 1 as never }) _tags: number[]) {}
  @Get('/other') other(@Header('x-mode', { enum: ['on', 'off'], default: 'auto' }) _mode: string) {}
  @Get('/day') day(@Query('day', { type: Date, default: new Date(Number.NaN) }) _day: Date) {}
  @Get('/both') both(@Cookie('theme', { default: 'dark', required: true }) _theme: string) {}
  @Get('/path') path(@Param('size', { default: 'small' } as never) _size: string) {}
  @Get('/required') required(@Query('q', { required: 'yes' as never }) _q: string) {}
}

const options = () => start({ controllers: [OptionsController] });

/** Does what `@Get list() {}` does in JavaScript, where no type shows that the parentheses are missing. */
function writeBare(decorate: unknown): void {
  class Bare {
    list(): void {}
  }
  const call = decorate as (...given: unknown[]) => unknown;
  call(Bare.prototype, 'list', Object.getOwnPropertyDescriptor(Bare.prototype, 'list'));
}

/** The output of a compiler that emits no metadata: the decorators, applied by hand. */
class Untyped {
  show(_id: unknown): void {}
}
Param('id')(Untyped.prototype, 'show', 0);
Get('/:id')(Untyped.prototype, 'show', Object.getOwnPropertyDescriptor(Untyped.prototype, 'show')!);
Controller('/untyped')(Untyped);

const TYPES =
  "Use string, number, boolean, bigint, Date, 'integer', 'uuid' or an enum (in a query or form also a list of them), or write a decorator with createParameterDecorator.";

/** The controller has several mistakes, and one error reports them all. Each test looks for its own. */
const parameters = () => start({ controllers: [ParametersController] });

const parts = () => start({ controllers: [PartsController] });

export const DECORATOR_MISTAKES: readonly Mistake[] = [
  {
    code: 'PARAMETER_UNDECORATED',
    when: 'a parameter has no decorator',
    make: parameters,
    place: 'ParametersController.undecorated, parameter 0',
    fault: 'The parameter has no decorator, so nothing says where its value comes from.',
    cure: "Write @Param('name'), @Query('name'), @Header('name'), @Cookie('name'), @Body(), @Form() or @Ctx() before it.",
  },
  {
    code: 'PARAMETER_TWICE',
    when: 'a parameter has two decorators',
    make: parameters,
    place: 'ParametersController.twice, parameter 0',
    fault: 'The parameter has two decorators, query and header.',
    cure: 'Keep one of them.',
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'text cannot become the type',
    make: parameters,
    place: 'ParametersController.date, parameter 0',
    fault: "The query 'since' is text, which cannot become Map.",
    cure: TYPES,
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'a header is taken as a list',
    make: parameters,
    place: 'ParametersController.list, parameter 0',
    fault:
      "The header 'accept' is a single text. Only a name that is repeated in a query or form becomes a list.",
    cure: 'Take it as a string, and split it in the handler or in a decorator made with createParameterDecorator.',
  },
  {
    code: 'PARAMETER_TYPE_LOST',
    when: 'the compiler lost the type of a query',
    make: types,
    place: 'TypesController.list, parameter 0',
    fault: `The compiler emitted Object as the type of the parameter, so nothing would check the query 'limit'. ${CAUSES}`,
    cure: "Name the type in the decorator: @Query('limit', String) limit: string | undefined (or Number, Boolean, Date, an enum …), or declare it: limit?: string, limit: string = 'Hello'.",
  },
  {
    code: 'PARAMETER_TYPE_LOST',
    when: 'the compiler lost the type of a body',
    make: types,
    place: 'TypesController.create, parameter 0',
    fault: `The compiler emitted Object as the type of the parameter, so nothing would check the body. ${CAUSES}`,
    cure: 'Name a class with rules or a schema: @Body(CreateNote). For Partial<CreateNote> write PartialType(CreateNote). In a generic base class, let a factory pass it: crud(CreateNote). To take the value unchecked, write @Body({ validate: false }).',
  },
  {
    code: 'PARAMETER_TYPE_LOST',
    when: 'the compiler lost the type of the whole query',
    make: parts,
    place: 'PartsController.lost, parameter 0',
    fault: `The compiler emitted Object as the type of the parameter, so nothing would check the values of @Query. ${CAUSES}`,
    cure: "Name a class with rules or a schema: @Query(ListNotes); or take one value: @Query('name').",
  },
  {
    code: 'PARAMETER_TYPE_LOST',
    when: 'the compiler lost the type of a property of a query',
    make: parts,
    place: 'PartsController.union, parameter 0',
    fault: `The compiler emitted Object as the type of LostFlags.draft, so nothing would convert its text. ${CAUSES}`,
    cure: "Add @Type(() => String) from class-transformer to it (or Number, Boolean, Date …), or declare the type: draft?: string, draft: string = 'Hello'.",
  },
  {
    code: 'PARAMETER_TYPE_CONFLICT',
    when: 'the decorator gives another type than the declared one',
    make: types,
    place: 'TypesController.show, parameter 0',
    fault: 'The decorator gives Number, but the parameter is declared as String.',
    cure: 'Declare the parameter with the type that the decorator gives, or change the decorator.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'a class is given for a body that is not checked',
    make: () => Body(Author, { validate: false }),
    place: '@Body()',
    fault: 'validate cannot be false together with a class, a schema or an option about the check.',
    cure: 'Change validate, or leave it out.',
  },
  {
    code: 'OPTION_UNKNOWN',
    when: 'a whole query is not to be checked',
    make: () => Query({ validate: false } as never),
    place: '@Query()',
    fault: 'There is no option "validate".',
    cure: 'Known options: groups, unknownKeys, brackets.',
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'the type of the items of a list is unknown',
    make: parameters,
    place: 'ParametersController.untyped, parameter 0',
    fault: "The compiler reduces the type of the list 'tag' to Array, so the type of its items is unknown.",
    cure: "Pass the type of the items: @Query('tag', [String]), [Number], [Date] …",
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'the type of the items of a list in a class is unknown',
    make: parts,
    place: 'PartsController.list, parameter 0',
    fault: 'UntypedList.tag is a list, but the type of its items is unknown.',
    cure: 'Add @Type(() => String) from class-transformer to it, or Number, Date …',
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'a class for a query has a nested class',
    make: parts,
    place: 'PartsController.nested, parameter 0',
    fault: 'NestedFilter.author is made of text, which cannot become Author.',
    cure: 'Use string, number, boolean, bigint or Date, or make the value with @Transform from class-transformer.',
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'a class for headers has a list',
    make: parts,
    place: 'PartsController.accept, parameter 0',
    fault: 'AcceptedTypes.accept is declared as a list, but a header has a single value.',
    cure: 'Use string, or make the list with @Transform from class-transformer.',
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'the type of the whole query does not describe it',
    make: parts,
    place: 'PartsController.number, parameter 0',
    fault: '@Query without a name takes all values, but the type of the parameter does not describe them.',
    cure: "Give the parameter a class with rules, write @Query(schema), or take one value: @Query('name').",
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'the type of all path parameters does not describe them, and no missing name is reported',
    make: parts,
    place: 'PartsController.untypedPath, parameter 0',
    fault: '@Param without a name takes all values, but the type of the parameter does not describe them.',
    cure: "Give the parameter a class with rules, write @Param(schema), or take one value: @Param('name').",
  },
  {
    code: 'DTO_WITHOUT_RULES',
    when: 'the class of a query has no rules',
    make: parts,
    place: 'PartsController.without, parameter 0',
    fault: 'The query class EmptyNote has no class-validator rules.',
    cure: 'Add rules to its properties (@IsString() …), or take one value by its name. If it has rules, two copies of class-validator are installed: run npm ls class-validator.',
  },
  {
    code: 'PARAM_NOT_IN_PATH',
    when: 'a class has a property that the path does not have',
    make: parts,
    place: 'PartsController.path, parameter 0',
    fault: "The path /parts/path/:id has no :number for @Param('number'), only :id.",
    cure: 'Add :number to the path, or change the name in @Param.',
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'the type in a decorator is undefined',
    make: parameters,
    place: 'ParametersController.circle, parameter 0',
    fault: 'The type in the decorator is undefined, because two files import each other.',
    cure: 'Remove the circular import.',
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'a body has an unknown format',
    make: parameters,
    place: 'ParametersController.format, parameter 0',
    fault: 'There is no body format "xml".',
    cure: "Write 'json', 'text', 'bytes' or 'form'. For one property of the body, take the whole as a class with rules: @Body() { name }: CreateCat.",
  },
  {
    code: 'BODY_ON_GET',
    when: 'a GET route takes a body',
    make: parameters,
    place: 'ParametersController.read',
    fault: '@Body is used on a GET route, where a body has no meaning (RFC 9110 §9.3.1).',
    cure: "Use @Post or another method, or read the query with @Query('name').",
  },
  {
    code: 'BODY_TWICE',
    when: 'two parameters take the body in different ways',
    make: parameters,
    place: 'ParametersController.twoBodies',
    fault: 'Two parameters take the body in ways that contradict each other.',
    cure: 'Take it once, or each time in the same way.',
  },
  {
    code: 'DTO_WITHOUT_RULES',
    when: 'a body class has no rules',
    make: () => start({ controllers: [DtoController] }),
    place: 'DtoController.create',
    fault: 'The body class EmptyNote has no class-validator rules.',
    cure: 'Add rules to its properties (@IsString() …), or write { validate: false } in the decorator to take the value unchecked. If it has rules, two copies of class-validator are installed: run npm ls class-validator.',
  },
  {
    code: 'DTO_NESTED_UNTYPED',
    when: 'a nested property has no type',
    make: () => start({ controllers: [DtoController] }),
    place: 'SignedNote.author',
    fault: 'It has @ValidateNested but no @Type, so the class that checks it is unknown.',
    cure: 'Add @Type(() => ItsClass) from class-transformer to it.',
  },
  {
    code: 'DTO_INSTANCE_UNTYPED',
    when: 'a date of a JSON body has no type',
    make: () => start({ controllers: [DtoController] }),
    place: 'PlannedNote.due',
    fault: 'It has @IsDate but no @Type, so it stays as the JSON has it, and every value is refused.',
    cure: 'Add @Type(() => Date) from class-transformer to it, or check its text with @IsISO8601().',
  },
  {
    code: 'DTO_NESTED_UNCHECKED',
    when: 'a property has a class whose rules are not checked',
    make: () => start({ controllers: [DtoController] }),
    place: 'MovedNote.target',
    fault: 'It has @Type but no @ValidateNested, so the rules of Folder would not be checked.',
    cure: 'Add @ValidateNested() to it, for a list with { each: true }. To accept any value, remove @Type or use @Transform.',
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'nothing checks the items of a list',
    make: () => start({ controllers: [DtoController] }),
    place: 'DtoController.list, parameter 0',
    fault: 'Nothing checks that each item of the body is a Number.',
    cure: 'Use a class with rules or a Standard Schema for the items.',
  },
  {
    code: 'OPTION_UNKNOWN',
    when: '@Body has an unknown option',
    make: () => Body({ group: ['a'] } as never),
    place: '@Body()',
    fault: 'There is no option "group".',
    cure: 'Write groups instead.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'an option of the validation is invalid',
    make: () => start({ validation: { unknownKeys: 'ignore' } }),
    place: 'createApp(), validation',
    fault: 'unknownKeys must be one of "refuse", "strip".',
    cure: 'Change unknownKeys, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'a bound of the background tasks is invalid',
    make: () => start({ background: { concurrency: 0 } }),
    place: 'createApp(), background',
    fault: 'concurrency must be a whole number of at least 1.',
    cure: 'Change concurrency, or leave it out.',
  },
  {
    code: 'OPTION_UNKNOWN',
    when: 'a parameter has an unknown option',
    make: options,
    place: 'OptionsController.unknown, parameter 0',
    fault: 'There is no option "defualt".',
    cure: 'Known options: enum, default, required, brackets.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'an enum has no value',
    make: options,
    place: 'OptionsController.enum, parameter 0',
    fault: 'enum must be an enum or a list of strings, with at least one value.',
    cure: 'Change enum, or leave it out.',
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'an enum is undefined',
    make: options,
    place: 'OptionsController.circle, parameter 0',
    fault: 'The enum in the decorator is undefined, because two files import each other.',
    cure: 'Remove the circular import.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'a default has another type',
    make: options,
    place: 'OptionsController.default, parameter 0',
    fault: 'default must be a number.',
    cure: 'Change default, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'the default of a list is not a list',
    make: options,
    place: 'OptionsController.one, parameter 0',
    fault: 'default must be a list.',
    cure: 'Change default, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'a default is not a value of the enum',
    make: options,
    place: 'OptionsController.other, parameter 0',
    fault: 'default must be one of the allowed values.',
    cure: 'Change default, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'a default is an invalid date',
    make: options,
    place: 'OptionsController.day, parameter 0',
    fault: 'default must be a date (2026-01-31) or a time with its offset (2026-01-31T12:00:00Z).',
    cure: 'Change default, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'a parameter with a default is required',
    make: options,
    place: 'OptionsController.both, parameter 0',
    fault: 'required cannot be true together with a default.',
    cure: 'Change required, or leave it out.',
  },
  {
    code: 'OPTION_UNKNOWN',
    when: 'a path parameter has a default',
    make: options,
    place: 'OptionsController.path, parameter 0',
    fault: 'There is no option "default".',
    cure: 'Known options: enum.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'required is neither true nor false',
    make: options,
    place: 'OptionsController.required, parameter 0',
    fault: 'required must be true or false.',
    cure: 'Change required, or leave it out.',
  },
  {
    code: 'OPTION_UNKNOWN',
    when: '@Injectable has an unknown option',
    make: () => Injectable({ scop: 'request' } as never),
    place: '@Injectable()',
    fault: 'There is no option "scop".',
    cure: 'Known options: scope.',
  },
  {
    code: 'OPTION_INVALID',
    when: '@Injectable has an unknown scope',
    make: () => Injectable({ scope: 'Request' as never }),
    place: '@Injectable()',
    fault: 'scope must be one of "singleton", "request", "transient".',
    cure: 'Change scope, or leave it out.',
  },
  ...Object.entries({ Get, All, OnStart }).map(([name, decorate]): Mistake => ({
    code: 'DECORATOR_MISPLACED',
    when: `@${name} has no parentheses`,
    make: () => writeBare(decorate),
    place: 'Bare.list',
    fault: `@${name} has no parentheses, so it would replace the method.`,
    cure: `Write @${name}().`,
  })),
  {
    code: 'DECORATOR_MISPLACED',
    when: 'the compiler emits ECMAScript decorators',
    make: () => {
      const decorate = Get() as unknown as (method: unknown, context: object) => unknown;
      decorate(() => {}, { kind: 'method', name: 'list' });
    },
    place: 'list',
    fault: 'The compiler emits ECMAScript decorators, but Sluice needs those of TypeScript.',
    cure: 'Set experimentalDecorators and emitDecoratorMetadata to true in the tsconfig.json that the compiler reads.',
  },
  {
    code: 'METADATA_MISSING',
    when: 'the compiler emitted no types for a handler',
    make: () => start({ controllers: [Untyped] }),
    place: 'Untyped.show, parameter 0',
    fault:
      'The compiler emitted no decorator metadata, so the type of the parameter is unknown (tsx and esbuild never emit it).',
    cure: "Pass the type to the decorator, as in @Param('id', Number) or @Body(CreateNote), or compile with tsc or swc and emitDecoratorMetadata.",
  },
  {
    code: 'DECORATOR_MISPLACED',
    when: 'a route is on a static method',
    make: () => {
      class Statics {
        @Get() static list() {}
      }
      return Statics;
    },
    place: 'Statics.list',
    fault: 'The decorator is on a static method, which no route can call.',
    cure: 'Put it on a method that is not static.',
  },
  {
    code: 'DECORATOR_MISPLACED',
    when: '@Query is on a constructor parameter',
    make: () => {
      class Constructed {
        constructor(@Query('q') _value: string) {}
      }
      return Constructed;
    },
    place: 'Constructed',
    fault: 'A parameter decorator (q) is on a constructor parameter.',
    cure: 'Put it on a parameter of a handler.',
  },
  {
    code: 'DECORATOR_MISPLACED',
    when: '@Inject is on a parameter of a method',
    make: () => {
      class Injected {
        list(@Inject('token') _value: unknown) {}
      }
      return Injected;
    },
    place: 'Injected.list',
    fault: '@Inject is on a parameter of a method, but only constructors are injected.',
    cure: 'Put it on a constructor parameter.',
  },
  {
    code: 'DECORATOR_MISPLACED',
    when: '@Catch is on a class without a handler',
    make: () => {
      @(Catch(Error) as ClassDecorator)
      class Caught {}
      return Caught;
    },
    place: 'Caught',
    fault: '@Catch on a class needs a handler.',
    cure: 'Write @Catch(ErrorClass, (error) => …), or put it on a method.',
  },
  {
    code: 'DECORATOR_MISPLACED',
    when: 'decorators are on a member that is not a method',
    make: () => {
      @Controller('/getters')
      class Getters {
        @Get() list() {}
        @UseMiddleware((_context, next) => next()) get size() {
          return 1;
        }
      }
      return start({ controllers: [Getters] });
    },
    place: 'Getters.size',
    fault: 'The decorators are on a member that is not a method.',
    cure: 'Put them on a method. If it is a method, one of its decorators lacks its parentheses.',
  },
  ...['are elsewhere', 'have another form'].map((when): Mistake => ({
    code: 'LIBRARY_UNFIT',
    when: `the records of class-transformer ${when}`,
    make: () => startWithTransformer(when === 'are elsewhere' ? notFound : () => ({})),
    place: 'class-transformer',
    fault:
      'The installed class-transformer stores its metadata elsewhere than version 0.5, so classes with rules cannot be read.',
    cure: 'Install class-transformer 0.5 (npm ls class-transformer shows the installed version and its dependents), or validate with a Standard Schema instead of a class.',
  })),
  {
    code: 'LIBRARY_UNFIT',
    when: 'class-validator has an unknown kind of rule',
    make: () => {
      class Later {
        @Allow() text!: string;
      }
      const [rule] = getMetadataStorage().getTargetValidationMetadatas(Later, '', false, false);
      rule!.type = 'laterValidation';
      class Laters {
        @Post() add(@Body(Later) _later: Later) {}
      }
      Controller('/laters')(Laters);
      return start({ controllers: [Laters] });
    },
    place: 'class-validator',
    fault:
      'The installed class-validator has kinds of rules that version 0.15 does not have, and they would not be checked.',
    cure: 'Install class-validator 0.15 (npm ls class-validator shows the installed version and its dependents), or validate with a Standard Schema instead of a class.',
  },
];
