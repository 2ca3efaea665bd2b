import { IsInt, IsString } from 'class-validator';
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { z } from 'zod';
import { Body, Controller, File, Files, Form, Post, Returns } from '@sluice/core';
import { Operation, OPERATION, SchemaName } from '../../src';
import { findOperation, readDocument } from '../read-document';

class Note {
  @IsString() text!: string;
}
class Upload {
  @IsInt() rank!: number;
}

interface Node {
  readonly name: string;
  readonly next?: Node | undefined;
}
const Node: z.ZodType<Node> = z.object({
  name: z.string(),
  get next() {
    return Node.optional();
  },
});
const Children = z.object({ children: z.array(Node) });
const Identified = z.object({ a: z.string() }).meta({ id: 'Identified' });
const Named = SchemaName('Named')(z.object({ a: z.string() }));

@Controller('/all')
class AllController {
  @Post('/json') json(@Body() note: Note) {
    return note;
  }
  @Post('/list') list(@Body({ each: Note }) notes: Note[]) {
    return notes;
  }
  @Post('/optional') optional(@Body(Note, { required: false, unknownKeys: 'strip' }) note?: Note) {
    return note;
  }
  @Post('/unchecked') unchecked(@Body({ validate: false }) body: object) {
    return body;
  }
  @Post('/text') text(@Body() body: string) {
    return body;
  }
  @Post('/bytes') bytes(@Body() body: Uint8Array) {
    return body;
  }
  @Post('/zod') zod(@Body(z.object({ at: z.string().transform(Number) })) body: object) {
    return body;
  }
  @Post('/valibot') valibot(@Body(toStandardJsonSchema(v.object({ n: v.number() }))) body: object) {
    return body;
  }
  @Post('/recursive') recursive(@Body(Node) body: Node) {
    return body;
  }
  @Post('/named') named(@Body(Named) body: object) {
    return body;
  }
  @Post('/identified') @Returns(Identified) identified(@Body(Identified) body: { a: string }) {
    return body;
  }
  @Post('/both') @Returns(Node) both(@Body(Children) { children }: z.infer<typeof Children>) {
    return children[0];
  }
  @Post('/holder') @Returns(Identified) holder(@Body(Identified.optional()) body: { a: string }) {
    return body;
  }
  @Post('/named-form') namedForm(@Form(Named) form: object) {
    return form;
  }
  @Post('/explained')
  @Operation({ body: { description: 'A title, if there is one.', examples: { one: { title: 'a' } } } })
  explained(@Form('title') title: string) {
    return title;
  }
  @Post('/form') form(@Form() form: Upload) {
    return form;
  }
  @Post('/fields') fields(
    @Form('title', { required: true }) title: string,
    @Form('n', [Number]) n: number[],
  ) {
    return [title, n];
  }
  @Post('/beside') beside(
    @Form() form: Upload,
    @Form('rank', { required: true }) rank: string,
    @Form('title') title: string,
  ) {
    return [form, rank, title];
  }
  @Post('/files')
  files(
    @Form() form: Upload,
    @File('photo', { types: ['image/png', 'image/*'], required: true }) photo: unknown,
    @Files('more', { max: 3 }) more: unknown,
  ) {
    return [form, photo, more];
  }
  @Post('/said')
  @Operation({
    body: {
      description: 'A note.',
      mediaType: 'application/vnd.note+json',
      examples: { one: { text: 'a' } },
    },
  })
  said(@Body() note: Note) {
    return note;
  }
}

const read = async (id: string) => {
  const document = await readDocument({ controllers: [AllController] });
  return { ...findOperation(document, `all.${id}`), schemas: document.components?.schemas ?? {} };
};
const NOTE = { schema: { $ref: '#/components/schemas/Note' } };
const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});

describe('the body of an operation', () => {
  it('is the class, or a list of it', async () => {
    expect((await read('json')).requestBody).toEqual({
      required: true,
      content: { 'application/json': NOTE },
    });
    expect((await read('list')).requestBody?.content).toEqual({
      'application/json': { schema: { type: 'array', items: NOTE.schema } },
    });
    expect((await read('unchecked')).requestBody?.content).toEqual({ 'application/json': { schema: {} } });
  });

  it('need not be sent where it is optional, and has a name of its own where its unknown keys are removed', async () => {
    const { requestBody, schemas } = await read('optional');
    const { required, content } = requestBody ?? {};
    expect([required, content?.['application/json']?.schema]).toEqual([
      undefined,
      { $ref: '#/components/schemas/NoteInput' },
    ]);
    expect(schemas['NoteInput']).not.toHaveProperty('additionalProperties');
  });

  it('is text, or bytes', async () => {
    expect((await read('text')).requestBody).toEqual({
      content: { 'text/plain': { schema: { type: 'string' } } },
    });
    expect((await read('bytes')).requestBody).toEqual({ content: { 'application/octet-stream': {} } });
  });

  it('is the input of a schema of zod or valibot', async () => {
    const readSchema = async (id: string) =>
      (await read(id)).requestBody?.content['application/json']?.schema;
    expect(await readSchema('zod')).toMatchObject(object({ at: { type: 'string' } }, ['at']));
    expect(await readSchema('valibot')).toMatchObject(object({ n: { type: 'number' } }, ['n']));
  });

  it('is a component where a schema has a name, or refers to itself', async () => {
    const { requestBody, schemas } = await read('recursive');
    const reference = { $ref: '#/components/schemas/AllRecursive' };
    expect(requestBody?.content['application/json']?.schema).toEqual(reference);
    expect(schemas['AllRecursive']).toMatchObject({
      properties: { name: { type: 'string' }, next: reference },
    });
    const named = await read('named');
    expect(named.requestBody?.content['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/Named',
    });
    expect(named.schemas['Named']).toMatchObject(object({ a: { type: 'string' } }, ['a']));
  });

  it('is a component where the metadata of zod has an id, and in place where a schema is made of that', async () => {
    const { requestBody, schemas } = await read('identified');
    expect(requestBody?.content['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/IdentifiedInput',
    });
    expect(schemas['Identified']).toEqual({
      ...object({ a: { type: 'string' } }, ['a']),
      additionalProperties: false,
    });
    expect((await read('holder')).requestBody?.content['application/json']?.schema).toEqual(
      object({ a: { type: 'string' } }, ['a']),
    );
  });

  it('has another name than the reply of its route, where both are named after it', async () => {
    const { requestBody, responses, schemas } = await read('both');
    expect(requestBody?.content['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/AllBothInput',
    });
    expect(responses['200']?.content?.['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/AllBoth',
    });
    expect(schemas['AllBothInput']).toMatchObject({ properties: { children: { type: 'array' } } });
    expect(schemas['AllBoth']).toMatchObject({
      properties: { next: { $ref: '#/components/schemas/AllBoth' } },
    });
  });

  it('is a form, with the names and types of its fields', async () => {
    const form = {
      schema: {
        ...object({ rank: expect.objectContaining({ type: 'integer' }) as object }, ['rank']),
        additionalProperties: false,
      },
    };
    expect((await read('form')).requestBody).toEqual({
      required: true,
      content: { 'multipart/form-data': form, 'application/x-www-form-urlencoded': form },
    });
    expect((await read('namedForm')).requestBody).toMatchObject({
      required: true,
      content: { 'multipart/form-data': { schema: object({ a: { type: 'string' } }, ['a']) } },
    });
    const { requestBody } = await read('fields');
    expect(requestBody?.content['multipart/form-data']?.schema).toMatchObject(
      object({ title: { type: 'string' }, n: { type: 'array', items: { type: 'number' } } }, ['title']),
    );
  });

  it('has a field once that the class of the form and a parameter take, beside those of one of them', async () => {
    const { requestBody } = await read('beside');
    const rank = expect.objectContaining({ type: 'integer' }) as object;
    expect(requestBody?.content['multipart/form-data']?.schema).toEqual({
      ...object({ rank, title: { type: 'string' } }, ['rank']),
      additionalProperties: false,
    });
  });

  it('refuses other fields of a form where the application does', async () => {
    const { requestBody } = await read('fields');
    expect(requestBody?.content['multipart/form-data']?.schema).not.toHaveProperty('additionalProperties');
    const stripping = { controllers: [AllController], validation: { unknownKeys: 'strip' as const } };
    const form = findOperation(await readDocument(stripping), 'all.form').requestBody;
    expect(form?.content['multipart/form-data']?.schema).not.toHaveProperty('additionalProperties');
  });

  it('has the files of a form, with their media types', async () => {
    const { requestBody } = await read('files');
    const file = { type: 'string', format: 'binary', contentMediaType: 'application/octet-stream' };
    expect(requestBody).toEqual({
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            ...object(
              {
                rank: expect.objectContaining({ type: 'integer' }) as object,
                photo: file,
                more: { type: 'array', items: file, maxItems: 3 },
              },
              ['rank', 'photo'],
            ),
            additionalProperties: false,
          },
          encoding: { photo: { contentType: 'image/png, image/*' } },
        },
      },
    });
  });

  it('keeps what @Operation does not say', async () => {
    const { requestBody } = await read('explained');
    const media = {
      schema: object({ title: { type: 'string' } }),
      examples: { one: { value: { title: 'a' } } },
    };
    expect(requestBody).toEqual({
      description: 'A title, if there is one.',
      content: { 'multipart/form-data': media, 'application/x-www-form-urlencoded': media },
    });
  });

  it('is what @Operation says', async () => {
    expect((await read('said')).requestBody).toEqual({
      description: 'A note.',
      required: true,
      content: { 'application/vnd.note+json': { ...NOTE, examples: { one: { value: { text: 'a' } } } } },
    });
    const route = { method: 'POST' as const, path: '/plain', name: 'plain', handler: () => 1 };
    const routes = [{ ...route, marks: [OPERATION.of({ body: { type: [Note], required: false } })] }];
    expect(findOperation(await readDocument({ routes }), 'plain').requestBody).toEqual({
      required: false,
      content: { 'application/json': { schema: { type: 'array', items: NOTE.schema } } },
    });
  });
});
