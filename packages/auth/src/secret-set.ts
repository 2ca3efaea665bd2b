import { createHash, timingSafeEqual } from 'node:crypto';

/** Secrets by whose they are. How long looking one up takes tells nothing of what the secrets are. */
export class SecretSet {
  private readonly digests: readonly (readonly [owner: string, digest: Buffer])[];

  constructor(secrets: Iterable<readonly [owner: string, secret: string]>) {
    this.digests = [...secrets].map(([owner, secret]) => [owner, digest(secret)]);
  }

  /** Whose secret it is; undefined where it is nobody's. */
  findOwner(secret: string): string | undefined {
    const given = digest(secret);
    let found: string | undefined;
    // All of them, each time: stopping at the first would tell where it stands.
    for (const [owner, known] of this.digests) if (timingSafeEqual(known, given)) found = owner;
    return found;
  }
}

/** Of one length whatever the secret's, so that comparing can take the same time. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
