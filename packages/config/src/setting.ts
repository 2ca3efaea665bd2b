/** One value of the configuration. */
export interface Setting {
  /** The name of its variable, without the prefix. */
  readonly name: string;
  /** The property of the settings that has its value. */
  readonly property: string;
  readonly isSecret: boolean;
  /** The variable is a list: its items are separated by commas. */
  readonly isList: boolean;
  /** The value is the text of its variable. Messages do not have texts, because they may have passwords in them. */
  readonly isText: boolean;
  /** The value without a variable. */
  readonly initial: unknown;
}
