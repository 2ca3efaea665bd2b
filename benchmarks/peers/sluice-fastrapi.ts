import { Body, Controller, Get, html, Param, Post, Query } from '@sluice/core';

interface Registration {
  address: { city: string; street: string; zip: string };
  user: { age: number; name: string };
}

/** The programs that FastrAPI's load scripts talk to. */
@Controller('/')
export class FastrapiController {
  @Get()
  greet(@Query('name') name?: string) {
    return { Hello: name ?? 'World' };
  }

  @Get('/html')
  page() {
    return html('<h1>Hello</h1>');
  }

  @Get('/:name')
  greetByPath(@Param('name') name: string) {
    return { Hello: name };
  }

  @Post('/register')
  register(@Body() { address, user }: Registration) {
    return { address, user };
  }
}
