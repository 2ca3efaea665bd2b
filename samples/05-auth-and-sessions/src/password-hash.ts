import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** A password, as it is stored. */
export interface PasswordHash {
  readonly salt: Buffer;
  readonly key: Buffer;
}

const KEY_BYTES = 32;
/** 16 MiB, five times over: expensive for an attacker who guesses, acceptable for a login. */
const COST = { cost: 2 ** 14, blockSize: 8, parallelization: 5 };

/** Hashes a new password with a new salt. */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { salt, key: await deriveKey(password, salt) };
}

/** Whether it is the password. How long the comparison takes reveals nothing about the key. */
export async function isPassword(password: string, { salt, key }: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await deriveKey(password, salt), key);
}

/** Runs on another thread, so that other requests are served meanwhile. */
function deriveKey(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Unicode has two spellings of é, and keyboards differ.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, COST, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
