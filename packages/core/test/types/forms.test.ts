import { File, Files, Form, Multipart, type UploadedFile } from '../../src';
import { compileOnly, expectType } from '../compile-only';

class Note {
  text!: string;
}

describe('the types of forms and files', () => {
  it('refuse wrong and unknown options', () => {
    compileOnly(() => [
      File('a', { maxBytes: 1, types: ['image/*'], required: true }),
      Files('a', { max: 3 }),
      Multipart({ files: 2, totalBytes: 5 }),
    ]);
    // @ts-expect-error -- no such option
    compileOnly(() => File('a', { maxByte: 1 }));
    // @ts-expect-error -- File takes one file
    compileOnly(() => File('a', { max: 3 }));
    // @ts-expect-error -- types is a list
    compileOnly(() => File('a', { types: 'image/png' }));
    // @ts-expect-error -- a text is not a number
    compileOnly(() => Files('a', { max: '3' }));
    // @ts-expect-error -- no such limit
    compileOnly(() => Multipart({ file: 1 }));
    // @ts-expect-error -- the options are missing
    compileOnly(() => Multipart());
    // @ts-expect-error -- the name is missing
    compileOnly(() => File());
    // @ts-expect-error -- no such option
    compileOnly(() => Form({ unknown: 'strip' }));
    // @ts-expect-error -- an instance is not a class
    compileOnly(() => Form(new Note()));
    expect(typeof File('a')).toBe('function');
  });

  it('keep decorators to parameters, or to methods and classes', () => {
    compileOnly(() => {
      @Multipart({ files: 1 })
      class Uploads {
        @Multipart({ files: 2 })
        take(@File('a') file: UploadedFile, @Files('b') _files: UploadedFile[], @Form() _form: Note) {
          expectType<string>()(file.mediaType);
          expectType<number>()(file.size);
          expectType<string>()(file.filename);
          expectType<Promise<Uint8Array>>()(file.bytes());
          // @ts-expect-error -- the place of its bytes is private
          void file.buffer;
        }
        // @ts-expect-error -- a decorator of a parameter
        @File('a') list() {}
      }
      return Uploads;
    });
    compileOnly(() => {
      class Uploads {
        // @ts-expect-error -- a decorator of methods and classes
        take(@Multipart({}) _form: unknown) {}
      }
      return Uploads;
    });
    expect(typeof Multipart({})).toBe('function');
  });
});
