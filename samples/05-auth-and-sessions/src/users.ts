import { randomUUID } from 'node:crypto';
import type { Credentials } from './credentials';
import { hashPassword, isPassword, type PasswordHash } from './password-hash';

/** A user, as handlers and guards see them: without the password. */
export interface Account {
  readonly name: string;
  readonly roles: readonly string[];
}

/** All users, in memory. */
export class Users {
  readonly #accounts = new Map<string, Account>();
  readonly #hashes = new Map<string, PasswordHash>();

  private constructor(private readonly nobodysHash: PasswordHash) {}

  static async create(): Promise<Users> {
    return new Users(await hashPassword(randomUUID()));
  }

  async add(account: Account, password: string): Promise<void> {
    this.#accounts.set(account.name, account);
    this.#hashes.set(account.name, await hashPassword(password));
  }

  find(name: string | undefined): Account | undefined {
    return name === undefined ? undefined : this.#accounts.get(name);
  }

  /** The user with this name and password. Names that nobody has take as long as others, so that none can be found out. */
  async verify({ name, password }: Credentials): Promise<Account | undefined> {
    const isRight = await isPassword(password, this.#hashes.get(name) ?? this.nobodysHash);
    return isRight ? this.find(name) : undefined;
  }

  list(): readonly Account[] {
    return [...this.#accounts.values()];
  }
}
