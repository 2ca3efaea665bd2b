import { IsString } from 'class-validator';
import { Body, Controller, createApp, HttpError, Post } from '../../src';
import { RefusedInput } from '../../src/validation/refused-input';

const makeError = (pointer: string, detail = 'is wrong') => ({
  in: 'body' as const,
  pointer,
  code: 'wrong',
  detail,
});

describe('refused input', () => {
  it('is a 422 with all errors', () => {
    const errors = [makeError('/name'), makeError('/tags/1')];
    const refused = new RefusedInput(errors);
    expect(refused).toBeInstanceOf(HttpError);
    expect([refused.status, refused.code, refused.errors]).toEqual([422, 'validation_failed', errors]);
  });

  it('has at most a hundred errors', () => {
    const errors = Array.from({ length: 150 }, (_, index) => makeError(`/${index}`));
    expect(new RefusedInput(errors).errors).toEqual(errors.slice(0, 100));
  });

  it('shortens pointers and details', () => {
    const [error] = new RefusedInput([makeError(`/${'k'.repeat(1000)}`, 'd'.repeat(1000))]).errors;
    expect(error).toEqual(makeError(`/${'k'.repeat(299)}…`, `${'d'.repeat(300)}…`));
  });
});

describe('a name as long as the body', () => {
  class Note {
    @IsString() text!: string;
  }

  @Controller()
  class Notes {
    @Post('/notes') add(@Body() note: Note) {
      return note;
    }
  }

  it('is shortened in the response', async () => {
    const app = await createApp({ controllers: [Notes] });
    const { status, body } = await app.inject({
      method: 'POST',
      url: '/notes',
      body: { text: 'hello', ['k'.repeat(500_000)]: 1 },
    });
    expect(status).toBe(422);
    expect(body.length).toBeLessThan(2000);
  });
});
