import { Type } from 'class-transformer';
import { IsString, ValidateNested } from 'class-validator';
import { Controller, Get, Post, Returns, SetHeader, Sse, Status } from '../../src';
import { start, type Mistake } from './mistake';

@Controller('/statuses')
class StatusesController {
  @Get() @Status(99) show() {}
}

@Controller('/words')
class WordsController {
  @Get() @Status('created' as never) show() {}
}

@Controller('/headers')
class HeadersController {
  @Get() @SetHeader('X-Note', 'two\nlines') show() {}
}

@Controller('/posted')
class PostedController {
  @Post('/events') @Sse('/events') events() {}
}

@Controller('/silent')
class SilentController {
  @Sse('/', { keepAliveSeconds: 0 }) events() {}
}

class PlainReply {
  name!: string;
}

@Controller('/plain')
class PlainReplyController {
  @Get() @Returns(PlainReply) show() {}
}

class NamedReply {
  @IsString() name!: string;
  @ValidateNested() others!: unknown[];
}

class ChosenReply {
  @ValidateNested() @Type((given) => given!.newObject as never) item!: object;
  @ValidateNested() @Type(() => PlainReply) plain!: PlainReply;
}

@Controller('/named')
class NamedReplyController {
  @Get() @Returns(NamedReply, { exclude: ['nam' as never] }) show() {}
  @Get('/none') @Returns(undefined as never) none() {}
  @Get('/chosen') @Returns(ChosenReply) chosen() {}
}

export const REPLY_MISTAKES: readonly Mistake[] = [
  {
    code: 'STATUS_INVALID',
    when: 'a response cannot have the status',
    make: () => start({ controllers: [StatusesController] }),
    place: 'StatusesController.show',
    fault: 'The status of @Status must be a whole number from 200 to 599, not 99.',
    cure: 'Write the status as a number: @Status(201).',
  },
  {
    code: 'HEADER_INVALID',
    when: 'a header cannot be sent',
    make: () => start({ controllers: [HeadersController] }),
    place: 'HeadersController.show',
    fault:
      'The header of @SetHeader cannot be sent. The value of header X-Note has U+000a at position 3: only visible ASCII, space and tab may be sent. Encode it first (RFC 8187, or encodeURIComponent).',
    cure: 'Write a name of letters, digits and hyphens, and a value of visible ASCII characters.',
  },
  {
    code: 'SSE_INVALID',
    when: 'an event stream answers POST',
    make: () => start({ controllers: [PostedController] }),
    place: 'PostedController.events',
    fault: 'An EventSource sends only GET requests, but the route answers POST.',
    cure: "Write only @Sse('/path'), which makes the GET route itself.",
  },
  {
    code: 'SSE_INVALID',
    when: 'an event stream has invalid options',
    make: () => start({ controllers: [SilentController] }),
    place: 'SilentController.events',
    fault: 'keepAliveSeconds must be more than 0 and at most 86400.',
    cure: 'Write @Sse(path, { keepAliveSeconds: 15, retry: 3000 }).',
  },
  {
    code: 'RETURNS_INVALID',
    when: 'the class of replies has no rules',
    make: () => start({ controllers: [PlainReplyController] }),
    place: 'PlainReplyController.show',
    fault:
      'The class PlainReply of @Returns has no class-validator rules, so none of its fields would be sent.',
    cure: 'Add rules to its properties: @IsString() …, or @Allow() for any value.',
  },
  {
    code: 'RETURNS_INVALID',
    when: 'the class of a nested property is unknown',
    make: () => start({ controllers: [NamedReplyController] }),
    place: 'NamedReplyController.show',
    fault: '@Returns does not know the class that is nested in NamedReply.others.',
    cure: 'Add @Type(() => …) to it, with a class that has rules.',
  },
  {
    code: 'RETURNS_INVALID',
    when: 'each value chooses the class of a nested property',
    make: () => start({ controllers: [NamedReplyController] }),
    place: 'NamedReplyController.chosen',
    fault:
      '@Returns does not know the class that is nested in ChosenReply.item, because each value chooses it.',
    cure: 'Name the classes with a discriminator in @Type, or give @Returns a schema.',
  },
  {
    code: 'RETURNS_INVALID',
    when: 'the class of a nested property has no rules',
    make: () => start({ controllers: [NamedReplyController] }),
    place: 'NamedReplyController.chosen',
    fault:
      '@Returns does not know the fields of PlainReply, which is nested in ChosenReply.plain and has no class-validator rules.',
    cure: 'Add rules to its properties: @IsString() …, or @Allow() for any value.',
  },
  {
    code: 'RETURNS_INVALID',
    when: '@Returns leaves out a field that the class does not have',
    make: () => start({ controllers: [NamedReplyController] }),
    place: 'NamedReplyController.show',
    fault: '@Returns names the field "nam", which NamedReply does not have.',
    cure: 'Its fields are name, others.',
  },
  {
    code: 'RETURNS_INVALID',
    when: 'the type of replies is undefined',
    make: () => start({ controllers: [NamedReplyController] }),
    place: 'NamedReplyController.none',
    fault: 'The type of @Returns is undefined.',
    cure: 'Pass a class with class-validator rules, or a schema. If the class is undefined, two files import each other.',
  },
  {
    code: 'OPTION_UNKNOWN',
    when: '@Returns has an unknown option',
    make: () => Returns(NamedReply, { exlude: ['name'] } as never),
    place: '@Returns()',
    fault: 'There is no option "exlude".',
    cure: 'Known options: include, exclude, omitUndefined, omitNull, each, validate.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'the fields that @Returns leaves out are not a list',
    make: () => Returns(NamedReply, { exclude: 'name' as never }),
    place: '@Returns()',
    fault: 'exclude must be a list of names.',
    cure: 'Change exclude, or leave it out.',
  },
  {
    code: 'OPTION_UNKNOWN',
    when: '@Sse has an unknown option',
    make: () => Sse('/', { keepAlive: 5 } as never),
    place: '@Sse()',
    fault: 'There is no option "keepAlive".',
    cure: 'Known options: headAfterMs, keepAliveSeconds, retry.',
  },
  {
    code: 'DECORATOR_MISPLACED',
    when: '@Sse has no parentheses',
    make: () => (Sse as (...given: unknown[]) => unknown)(SilentController.prototype, 'events', {}),
    place: 'SilentController.events',
    fault: '@Sse has no parentheses, so it would replace the method.',
    cure: 'Write @Sse().',
  },
  {
    code: 'STATUS_INVALID',
    when: 'a status is a string',
    make: () => start({ controllers: [WordsController] }),
    place: 'WordsController.show',
    fault: 'The status of @Status must be a whole number from 200 to 599, not created.',
    cure: 'Write the status as a number: @Status(201).',
  },
];
