import { readFileSync } from 'node:fs';
import path from 'node:path';
import { IsInt, IsString } from 'class-validator';
import * as v from 'valibot';
import { z } from 'zod';
import {
  Body,
  Controller,
  createApp,
  Get,
  Post,
  Returns,
  type AppOptions,
  type Class,
  type ConfigurationError,
} from '@sluice/core';
import { findNotices } from '../src/find-notices';
import { openapi, Operation, SchemaName } from '../src';
import { INFO } from './read-document';

const DOCUMENT = readFileSync(path.resolve(__dirname, '../../../docs/errors.md'), 'utf8');
const routes = openapi({ info: INFO });

async function fail(options: AppOptions): Promise<string[]> {
  const failure = await createApp({ routes, ...options }).catch((error: unknown) => error);
  const { problems = [] } = failure as Partial<ConfigurationError>;
  return problems.map(({ code, place, fault, cure }) => `  ${code}  ${place}\n    ${fault}\n    ${cure}`);
}

function makeController(name: string, address: Class, wrap = (type: Class) => type): Class {
  @Controller(`/${name}`)
  class Made {
    @Post() create(@Body(wrap(address)) body: unknown) {
      return body;
    }
  }
  return Object.defineProperty(Made, 'name', { value: `${name}Controller` });
}

const makeAddress = (): Class => {
  class Address {
    @IsString() street!: string;
  }
  return Address;
};

class Address {
  @IsInt() zip!: number;
}

@Controller('/notes')
class NotesController {
  @Get('/:id') show() {}
}

const makeUsers = (version: string): Class => {
  @Controller({ path: '/users', version })
  class Users {
    @Get() list() {}
  }
  return Object.defineProperty(Users, 'name', { value: `UsersController${version}` });
};

describe('a mistake that a document shows', () => {
  it('is two classes of one name', async () => {
    const controllers = [makeController('Orders', makeAddress()), makeController('Customers', Address)];
    const [message, ...others] = await fail({ controllers });
    expect(others).toEqual([]);
    expect(DOCUMENT).toContain(`\`\`\`text\n${message!}\n\`\`\``);
  });

  it('is none where the two say the same, or one has another name', async () => {
    const twins = [makeController('Orders', makeAddress()), makeController('Customers', makeAddress())];
    expect(await fail({ controllers: twins })).toEqual([]);
    const renamed = SchemaName('Zip')(class Address {});
    IsInt()(renamed.prototype, 'zip');
    expect(
      await fail({
        controllers: [makeController('Orders', makeAddress()), makeController('Customers', renamed)],
      }),
    ).toEqual([]);
  });

  it('is two operations of one id', async () => {
    @Controller('/archive')
    class ArchiveController {
      @Get() @Operation({ id: 'notes.show' }) find() {}
    }
    const [message] = await fail({ controllers: [NotesController, ArchiveController] });
    expect(DOCUMENT).toContain(`\`\`\`text\n${message!}\n\`\`\``);
  });

  it('is a path whose routes are chosen by a header', async () => {
    const versioning = { type: 'header' as const, header: 'X-Version' };
    const controllers = [makeUsers('1'), makeUsers('2')];
    const [message] = await fail({ controllers, versioning });
    expect(DOCUMENT).toContain(`\`\`\`text\n${message!}\n\`\`\``);
    const both = ['1', '2'].flatMap((version) =>
      openapi({ info: INFO, version, path: `/openapi-${version}` }),
    );
    expect(await fail({ controllers, versioning, routes: both })).toEqual([]);
  });

  it('is a schema that has no JSON Schema', async () => {
    @Controller('/notes')
    class SchemaController {
      @Post() create(@Body(v.object({ text: v.string() })) note: { text: string }) {
        return note;
      }
    }
    Object.defineProperty(SchemaController, 'name', { value: 'NotesController' });
    const [message] = await fail({ controllers: [SchemaController] });
    expect(DOCUMENT).toContain(`\`\`\`text\n${message!}\n\`\`\``);
  });

  it('is a schema whose type JSON does not have, with the reason of its library', async () => {
    @Controller('/dates')
    class DatesController {
      @Get() @Returns(z.object({ at: z.date() })) show() {
        return { at: new Date() };
      }
    }
    expect(await fail({ controllers: [DatesController] })).toEqual([
      expect.stringMatching(
        /OPENAPI_SCHEMA_INVALID {2}DatesController.show\n.*zod schema has no JSON Schema for its output: .*Date/i,
      ) as string,
    ]);
  });

  it('is a name that a schema cannot have', () => {
    expect(() => SchemaName('a b')).toThrow('"a b" is not a name of a schema. Write letters');
  });

  it('is a warning for a shape of errors that is not known', async () => {
    const { plan } = await createApp({ formatError: () => 1 });
    expect(DOCUMENT).toContain(`\`\`\`text\n${findNotices(plan)[0]!}\n\`\`\``);
  });
});
