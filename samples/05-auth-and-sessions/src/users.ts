import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Credentials } from './credentials';
import { hashPassword, isPassword, type PasswordHash } from './password-hash';

/** A user without the password, as handlers and guards see it. */
export interface Account {
  readonly name: string;
  readonly roles: readonly string[];
}

/** All users, in memory. */
export class Users {
  readonly #accounts = new Map<string, Account>();
  readonly #hashes = new Map<string, PasswordHash>();
  readonly #namesByToken = new Map<string, string>();

  private constructor(private readonly unknownHash: PasswordHash) {}

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

  /** The user with this name and password. An unknown name takes as long as a known one, so that names cannot be guessed. */
  async verify({ name, password }: Credentials): Promise<Account | undefined> {
    const isRight = await isPassword(password, this.#hashes.get(name) ?? this.unknownHash);
    return isRight ? this.find(name) : undefined;
  }

  /** Makes a token for a program that acts for the user. Only its hash is stored, so it cannot be shown again. */
  issueToken({ name }: Account): string {
    const token = randomBytes(32).toString('base64url');
    this.#namesByToken.set(hashToken(token), name);
    return token;
  }

  findByToken(token: string): Account | undefined {
    return this.find(this.#namesByToken.get(hashToken(token)));
  }

  list(): readonly Account[] {
    return [...this.#accounts.values()];
  }
}

/** A token is random, so a hash without a salt protects it. How long a look-up by the hash takes reveals nothing about the token. */
function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
