import { createHash, timingSafeEqual } from 'node:crypto';

/** The user of a secret that is listed in `users` or `keys`. */
export interface NamedUser {
  readonly name: string;
}

/** Secrets and their owners. How long a look-up takes reveals nothing about the secrets. */
export class SecretSet {
  private readonly digests: readonly (readonly [owner: string, digest: Buffer])[];

  constructor(secrets: Iterable<readonly [owner: string, secret: string]>) {
    this.digests = [...secrets].map(([owner, secret]) => [owner, digest(secret)]);
  }

  /** The owner of a secret; undefined if it is not in the set. */
  findOwner(secret: string): NamedUser | undefined {
    const given = digest(secret);
    let found: string | undefined;
    // Compares all of them: stopping at the first match would reveal its position.
    for (const [owner, known] of this.digests) if (timingSafeEqual(known, given)) found = owner;
    return found === undefined ? undefined : { name: found };
  }
}

/** Digests of all secrets have the same length, which `timingSafeEqual` needs. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
