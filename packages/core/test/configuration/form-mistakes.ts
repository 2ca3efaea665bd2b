import { Body, Controller, File, Files, Form, Get, Multipart, Post, type UploadedFile } from '../../src';
import { start, type Mistake } from './mistake';

@Controller('/forms')
class FormsController {
  @Post('/idle') @Multipart({ files: 1 }) idle(@Body({ validate: false }) _body: unknown) {}
  @Post('/twice') twice(@File('cover') _one: UploadedFile, @Files('cover') _all: UploadedFile[]) {}
  @Post('/both') both(@Form('title') _title: string, @Body({ validate: false }) _body: unknown) {}
  @Post('/type') type(@Form('size') _size: Map<string, string>) {}
  @Get('/get') get(@File('cover') _cover: UploadedFile) {}
}

@Controller('/idle')
@Multipart({ files: 1 })
class IdleController {
  @Get() list() {}
}

const forms = () => start({ controllers: [FormsController] });

function invalid(place: string, make: () => unknown, fault: string): Mistake {
  const [option = ''] = fault.split(' ');
  return {
    code: 'OPTION_INVALID',
    when: `${place} has an invalid ${option}`,
    make,
    place: `${place}()`,
    fault,
    cure: `Change ${option}, or leave it out.`,
  };
}

function unknown(place: string, make: () => unknown, option: string, cure: string): Mistake {
  return {
    code: 'OPTION_UNKNOWN',
    when: `${place} has an unknown option`,
    make,
    place: `${place}()`,
    fault: `There is no option ${JSON.stringify(option)}.`,
    cure,
  };
}

export const FORM_MISTAKES: readonly Mistake[] = [
  unknown('@File', () => File('a', { maxByte: 1 } as never), 'maxByte', 'Write maxBytes instead.'),
  unknown(
    '@Files',
    () => Files('a', { count: 2 } as never),
    'count',
    'Known options: maxBytes, types, required, max.',
  ),
  unknown('@Multipart', () => Multipart({ file: 2 } as never), 'file', 'Write files instead.'),
  invalid('@File', () => File('a', { maxBytes: 0 }), 'maxBytes must be a whole number of at least 1.'),
  invalid(
    '@File',
    () => File('a', { types: ['PNG'] }),
    'types must be a list of media types in lower case, such as image/png or image/*.',
  ),
  invalid('@File', () => File('a', { required: 1 as never }), 'required must be true or false.'),
  invalid('@Files', () => Files('a', { max: 1.5 }), 'max must be a whole number of at least 1.'),
  invalid('@Multipart', () => Multipart({ parts: -1 }), 'parts must be a whole number of at least 0.'),
  invalid(
    '@Multipart',
    () => Multipart({ headerBytes: 10 }),
    'headerBytes must be a whole number from 128 to 65536.',
  ),
  {
    code: 'OPTION_INVALID',
    when: '@Multipart has no options',
    make: () => Multipart(undefined as never),
    place: '@Multipart()',
    fault: 'The options must be an object.',
    cure: 'Write @Multipart({ … }).',
  },
  {
    code: 'DECORATOR_MISPLACED',
    when: '@Multipart is on a method that takes no form',
    make: forms,
    place: 'FormsController.idle',
    fault: '@Multipart limits a form, but no parameter takes one.',
    cure: "Take one with @Form(), @File('name') or @Files('name'), or remove @Multipart.",
  },
  {
    code: 'DECORATOR_MISPLACED',
    when: '@Multipart is on a class that takes no form',
    make: () => start({ controllers: [IdleController] }),
    place: 'IdleController',
    fault: '@Multipart limits a form, but no parameter takes one.',
    cure: "Take one with @Form(), @File('name') or @Files('name'), or remove @Multipart.",
  },
  {
    code: 'BODY_TWICE',
    when: 'two parameters take one file',
    make: forms,
    place: 'FormsController.twice',
    fault: "Two parameters take the file 'cover' of the form.",
    cure: "Keep one of them. To take several files of that name, use @Files('cover').",
  },
  {
    code: 'BODY_TWICE',
    when: 'one route takes a form and JSON',
    make: forms,
    place: 'FormsController.both',
    fault: 'Two parameters take the body in ways that contradict each other.',
    cure: 'Take it once, or each time in the same way.',
  },
  {
    code: 'PARAMETER_TYPE_UNKNOWN',
    when: 'the field of a form has a type that text cannot become',
    make: forms,
    place: 'FormsController.type, parameter 0',
    fault: "The field 'size' is text, which cannot become Map.",
    cure: "Use string, number, boolean, bigint, Date, 'integer', 'uuid' or an enum (in a query or form also a list of them), or write a decorator with createParameterDecorator.",
  },
  {
    code: 'BODY_ON_GET',
    when: 'a GET route takes a file',
    make: forms,
    place: 'FormsController.get',
    fault: '@Form, @File or @Files is used on a GET route, where a body has no meaning (RFC 9110 §9.3.1).',
    cure: "Use @Post or another method, or read the query with @Query('name').",
  },
];
