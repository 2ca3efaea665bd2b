import { Transform, Type } from 'class-transformer';
import {
  IsDate,
  IsInstance,
  IsISO8601,
  IsOptional,
  IsString,
  MinDate,
  ValidateNested,
} from 'class-validator';
import { Body, ConfigurationError, Controller, createApp, Form, Get, Post, Query } from '../../../src';
import { checkTarget } from '../../../src/kit';

class WithoutRules {
  text!: string;
}

class WithRules {
  @IsString()
  text!: string;
}

class Inherited extends WithRules {}

@Controller('/rules')
class RulesController {
  @Post('/own')
  own(@Body() body: WithRules) {
    return body;
  }

  @Post('/inherited')
  inherited(@Body() body: Inherited) {
    return body;
  }
}

@Controller('/none')
class NoRulesController {
  @Post()
  create(@Body() body: WithoutRules) {
    return body;
  }
}

describe('a body class', () => {
  it('may have rules of its own or of a parent', async () => {
    const app = await createApp({ controllers: [RulesController] });
    const response = await app.inject({ method: 'POST', url: '/rules/inherited', body: { text: 'a' } });
    expect(response.json()).toEqual({ text: 'a' });
  });

  it('is reported when it has no rules', async () => {
    const failure = createApp({ controllers: [NoRulesController] });
    await expect(failure).rejects.toThrow(ConfigurationError);
    await expect(failure).rejects.toThrow(
      /DTO_WITHOUT_RULES {2}NoRulesController\.create\s+The body class WithoutRules has no/,
    );
  });
});

class Money {
  @IsString() amount!: string;
}

class Untyped {
  @IsOptional() @IsDate({ each: true }) days!: Date[];
  @IsDate() @MinDate(new Date(0)) from!: Date;
  @IsInstance(Money) price!: Money;
}

class Outer {
  @ValidateNested() @Type(() => Untyped) inner!: Untyped;
}

class Typed {
  @IsDate() @Type(() => Date) from!: Date;
  @IsDate() @Transform(({ value }) => new Date(String(value))) until!: Date;
  @IsISO8601() text!: string;
  @IsInstance(Money) @ValidateNested() @Type(() => Money) price!: Money;
  @IsInstance(Object) any!: object;
}

class Period {
  @IsDate() from!: Date;
}

@Controller('/dates')
class DatesController {
  @Post() create(@Body() _body: Untyped) {}
  @Post('/again') update(@Body({ each: Outer }) _body: Outer[]) {}
}

@Controller('/typed')
class TypedController {
  @Post() create(@Body() body: Typed) {
    return body.until;
  }
  @Get() find(@Query() period: Period) {
    return period.from;
  }
  @Post('/form') form(@Form() period: Period) {
    return period.from;
  }
}

describe('a rule for instances of a class', () => {
  it('is reported once for each property where nothing makes them out of JSON', async () => {
    const failure: unknown = await createApp({ controllers: [DatesController] }).catch(
      (error: unknown) => error,
    );
    const { problems } = failure as ConfigurationError;
    expect(problems.map(({ code, place, fault }) => `${code} ${place} ${fault.split(' but ')[0]}`)).toEqual([
      'DTO_INSTANCE_UNTYPED Untyped.days It has @IsDate',
      'DTO_INSTANCE_UNTYPED Untyped.from It has @MinDate',
      'DTO_INSTANCE_UNTYPED Untyped.price It has @IsInstance',
    ]);
    expect(problems[2]!.cure).toBe('Add @Type(() => Money) from class-transformer to it.');
  });

  it('is accepted where @Type, @Transform or the declared type of a form or query makes them', async () => {
    const app = await createApp({ controllers: [TypedController] });
    const day = '2026-11-29T00:00:00.000Z';
    const body = { from: day, until: day, text: day, price: { amount: '1' }, any: {} };
    expect((await app.inject({ method: 'POST', url: '/typed', body })).json()).toBe(day);
    expect((await app.inject({ url: `/typed?from=${day}` })).json()).toBe(day);
    await app.close();
  });
});

describe('checkTarget', () => {
  it('returns the same problems of a class that checks another value than a body, and none of a schema', () => {
    expect(checkTarget(WithoutRules, 'Reports.write')).toMatchObject([
      {
        code: 'DTO_WITHOUT_RULES',
        place: 'Reports.write',
        fault: 'The payload class WithoutRules has no class-validator rules.',
      },
    ]);
    expect(checkTarget({ each: WithRules }, 'Reports.write')).toEqual([]);
    const schema = {
      '~standard': { version: 1, vendor: 'own', validate: (value: unknown) => ({ value }) },
    } as const;
    expect(checkTarget(schema, 'Reports.write')).toEqual([]);
  });
});
