import { randomBytes, scryptSync } from 'node:crypto';
import type { Address, CreateUser } from './create-user';
import type { ListUsers } from './list-users';
import type { PatchUser } from './patch-user';

const ADULT_AGE = 18;

/** What is kept of a user. */
export interface UserRecord {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly age?: number | undefined;
  readonly address: Address;
  readonly tags: readonly string[];
  /** Must never leave. */
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

  /** `total` counts all that fit, whatever the limit. */
  list({ limit, tag, adult }: ListUsers): { items: UserRecord[]; total: number } {
    const fitting = [...this.users.values()].filter(
      (user) =>
        tag.every((one) => user.tags.includes(one)) && (adult === undefined || isAdult(user) === adult),
    );
    return { items: fitting.slice(0, limit), total: fitting.length };
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

/** What was left out is undefined, and must not take the place of what is there. */
function keepDefined<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function isAdult({ age }: UserRecord): boolean {
  return age !== undefined && age >= ADULT_AGE;
}

/** Of a password that is sent to the user in another way, which is not part of this sample. */
function hashNewPassword(): string {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${scryptSync(randomBytes(16), salt, 32, { N: 1024 }).toString('hex')}`;
}
