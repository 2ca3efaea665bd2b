import { randomBytes, scryptSync } from 'node:crypto';
import type { Address, CreateUser } from './create-user';
import type { ListUsers } from './list-users';
import type { PatchUser } from './patch-user';

const ADULT_AGE = 18;

/** A user, as it is stored. */
export interface UserRecord {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly age?: number | undefined;
  readonly address: Address;
  readonly tags: readonly string[];
  /** Must never be sent to a client. */
  readonly passwordHash: string;
}

/** Users in memory, by id. */
export class UserStore {
  private readonly users = new Map<number, UserRecord>();
  private latestId = 0;

  add(user: CreateUser): UserRecord {
    const record = { ...user, id: ++this.latestId, passwordHash: hashNewPassword() };
    this.users.set(record.id, record);
    return record;
  }

  find(id: number): UserRecord | undefined {
    return this.users.get(id);
  }

  /** `total` counts all users that match, whatever the limit. */
  list({ limit, tag, adult }: ListUsers): { items: UserRecord[]; total: number } {
    const matching = [...this.users.values()].filter(
      (user) =>
        tag.every((one) => user.tags.includes(one)) && (adult === undefined || isAdult(user) === adult),
    );
    return { items: matching.slice(0, limit), total: matching.length };
  }

  change(id: number, { address, ...changes }: PatchUser): UserRecord | undefined {
    const user = this.users.get(id);
    if (user === undefined) return undefined;
    const changed = {
      ...user,
      ...keepDefined(changes),
      address: { ...user.address, ...keepDefined(address ?? {}) },
    };
    this.users.set(id, changed);
    return changed;
  }

  delete(id: number): boolean {
    return this.users.delete(id);
  }
}

/** A property that the client omitted is undefined, and must not overwrite the stored one. */
function keepDefined<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function isAdult({ age }: UserRecord): boolean {
  return age !== undefined && age >= ADULT_AGE;
}

/** Hashes a random password. How the user receives it is not part of this sample. */
function hashNewPassword(): string {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${scryptSync(randomBytes(16), salt, 32, { N: 1024 }).toString('hex')}`;
}
