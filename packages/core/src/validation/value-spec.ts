/** The words for the types of values that are given without decorators, and the value of each in a handler. */
export interface WordValues {
  readonly text: string;
  readonly integer: number;
  readonly number: number;
  readonly boolean: boolean;
  readonly uuid: string;
  readonly bigint: bigint;
  readonly date: Date;
}

/** `text` is any string; docs/parameters.md lists the rules of the others. */
export type ValueWord = keyof WordValues;

/** The words for the types that JSON has. */
export type FieldWord = Exclude<ValueWord, 'bigint' | 'date'>;

/** A type by its word: `integer`; `integer?` for a value that may be missing, and `['integer']` for a list. */
export type ValueSpec<Word extends ValueWord = ValueWord> =
  Word | `${Word}?` | readonly [Word] | ValueOptions<Word> | ChoiceOptions;

/** A type with options. */
export type ValueOptions<Word extends ValueWord = ValueWord> = {
  [Each in Word]: OneOptions<Each, WordValues[Each]> | ListOptions<readonly [Each], WordValues[Each]>;
}[Word];

/** One of several texts, or a list of them with `type: ['text']`. */
export type ChoiceOptions = Choice &
  (Partial<OneOptions<'text', string>> | ListOptions<readonly ['text'], string>);

interface Choice {
  /** The allowed texts. */
  readonly enum: readonly string[];
}

interface OneOptions<Type, Value> {
  readonly type: Type;
  /** The value if the request has none; default: such a request is refused. */
  readonly default?: Value;
  /** With false a value that is missing is undefined. Default true. */
  readonly required?: boolean;
}

interface ListOptions<Type, Value> {
  readonly type: Type;
  /** The list if the request has no value; default: an empty list. */
  readonly default?: readonly Value[];
  /** Refuses a request without a value of the name. Default false. */
  readonly required?: boolean;
  /** In a query: also reads the values of names with brackets (`tag[]=a`), as axios sends them. Default false. */
  readonly brackets?: boolean;
}

/** The value that a handler receives for a type. */
export type SpecValue<Spec> = Spec extends ValueWord
  ? WordValues[Spec]
  : Spec extends `${infer Word extends ValueWord}?`
    ? WordValues[Word] | undefined
    : Spec extends readonly [infer Word extends ValueWord]
      ? readonly WordValues[Word][]
      : Spec extends { readonly enum: readonly (infer Text)[] }
        ? OptionalValue<Spec, Spec extends { readonly type: readonly unknown[] } ? readonly Text[] : Text>
        : Spec extends { readonly type: infer Type }
          ? OptionalValue<Spec, SpecValue<Type>>
          : never;

type OptionalValue<Spec, Value> = Spec extends { readonly default: unknown }
  ? Value
  : Value extends readonly unknown[]
    ? Value
    : Spec extends { readonly required: infer Required }
      ? false extends Required
        ? Value | undefined
        : Value
      : Value;

/** A type as it was written, taken apart. */
export interface ParsedSpec {
  readonly word: ValueWord;
  readonly isList: boolean;
  /** As it was written; undefined where nothing was. */
  readonly required: unknown;
  /** As they were written, without `type` and `required`. */
  readonly options: Readonly<Record<string, unknown>>;
}

const LISTED: readonly ValueWord[] = ['text', 'integer', 'number', 'boolean', 'uuid', 'bigint', 'date'];
const WORDS: ReadonlySet<unknown> = new Set(LISTED);

/** Takes a type apart; undefined where it is not one. Its options are not checked here. */
export function parseValueSpec(spec: unknown): ParsedSpec | undefined {
  if (typeof spec === 'string' && spec.endsWith('?')) {
    const type = parseType(spec.slice(0, -1));
    return type && { ...type, required: false, options: {} };
  }
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) {
    const type = parseType(spec);
    return type && { ...type, required: undefined, options: {} };
  }
  const { type: written, required, ...options } = spec as Readonly<Record<string, unknown>>;
  const type = parseType(written ?? (options['enum'] === undefined ? undefined : 'text'));
  return type && { ...type, required, options };
}

function parseType(type: unknown): Pick<ParsedSpec, 'word' | 'isList'> | undefined {
  const isList = Array.isArray(type) && type.length === 1;
  const word: unknown = isList ? (type as readonly unknown[])[0] : type;
  return WORDS.has(word) ? { word: word as ValueWord, isList } : undefined;
}

/** Lists the words for a message: `'text', 'integer' …`. */
export function listWords(isFit: (word: ValueWord) => boolean = () => true): string {
  return LISTED.filter(isFit)
    .map((word) => `'${word}'`)
    .join(', ');
}

/** Answers whether JSON has the type. */
export function isFieldWord(word: ValueWord): word is FieldWord {
  return word !== 'bigint' && word !== 'date';
}
