import { Ajv2020 } from 'ajv-2020/dist/2020';
import { IsInt, Max } from 'class-validator';
import { z } from 'zod';
import { controller, Controller, Get, Param, Query } from '@sluice/core';
import { addExamples } from '../../src/schema/add-examples';
import { readDocument } from '../read-document';

class Page {
  @IsInt() offset!: number;
  @IsInt() @Max(-1) before!: number;
}

@Controller('/notes')
class NotesController {
  @Get('/:id') show(@Param('id', 'integer') id: number, @Query() page: Page) {
    return [id, page];
  }
}

describe('the example of a number', () => {
  it.each([
    ['any whole number', z.int(), [1]],
    ['one of 32 bits', z.int32(), [1]],
    ['any of 64 bits', z.float64(), [1]],
    ['one without a minimum', z.int().max(-5), [-5]],
    ['one with a minimum', z.int().min(3), undefined],
    ['one above a number', z.int().gt(3), undefined],
    ['a multiple', z.int().multipleOf(7), undefined],
    ['one with a default', z.int().default(3), undefined],
    ['one with an example', z.int().meta({ examples: [7] }), [7]],
  ])('is there for %s only where its minimum is the limit of a type', (_, schema, expected) => {
    const { $schema: _dialect, ...plain } = z.toJSONSchema(schema);
    const { examples, ...rest } = addExamples(plain);
    expect(examples).toEqual(expected);
    expect({ ...rest, ...(plain.examples && { examples }) }).toEqual(plain);
    const check = new Ajv2020().compile(rest);
    for (const one of examples ?? []) expect([one, check(one)]).toEqual([one, true]);
  });

  it('is in the parameters and the components of a document', async () => {
    const counts = controller('/counts', (r) => [
      r.post('/', { body: { count: 'integer' } }, ({ body }) => body.count),
    ]);
    const { paths, components } = await readDocument({ controllers: [NotesController, counts] });
    const shown = paths['/notes/{id}']?.get?.parameters?.map(({ name, schema }) => [
      name,
      schema['examples'],
    ]);
    expect(shown).toEqual([
      ['id', [1]],
      ['offset', [1]],
      ['before', [-1]],
    ]);
    expect(JSON.stringify([paths['/counts'], components])).toContain(
      '"maximum":9007199254740991,"examples":[1]',
    );
  });
});
