import { IsString } from 'class-validator';
import { z } from 'zod';
import { Body, Controller, createApp, File, HttpError, Post, type UploadedFile } from '../../src';
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

describe('the faults of a 422', () => {
  const schema = z.object({ text: z.string() });

  @Controller('/faults')
  class FaultsController {
    @Post('/schema') schema(@Body(schema) body: object) {
      return body;
    }

    @Post('/file') file(@File('picture', { required: true }) picture: UploadedFile) {
      return picture;
    }
  }

  it('have their members in one order, whatever has checked the request', async () => {
    const app = await createApp({ controllers: [FaultsController] });
    const form = { 'content-type': 'multipart/form-data; boundary=b' };
    for (const request of [
      { url: '/faults/schema', body: {} },
      { url: '/faults/file', body: '--b--\r\n', headers: form },
    ]) {
      const response = await app.inject({ method: 'POST', ...request });
      const [fault] = response.json<{ errors: object[] }>().errors;
      expect(Object.keys(fault!)).toEqual(['in', 'pointer', 'code', 'detail']);
    }
  });
});
