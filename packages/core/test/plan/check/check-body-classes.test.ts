import { IsString } from 'class-validator';
import { Body, ConfigurationError, Controller, createApp, Post } from '../../../src';

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
