import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What is kept of a password. */
export interface PasswordHash {
  readonly salt: Buffer;
  readonly key: Buffer;
}

const KEY_BYTES = 32;
/** 16 MiB, five times over: dear to who guesses, bearable to who logs in. */
const COST = { cost: 2 ** 14, blockSize: 8, parallelization: 5 };

/** Hashes a new password, with a salt of its own. */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { salt, key: await deriveKey(password, salt) };
}

/** Answers whether it is the password, in a time that tells nothing about the key. */
export async function isPassword(password: string, { salt, key }: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await deriveKey(password, salt), key);
}

/** Runs in a thread of its own, so that other requests are served meanwhile. */
function deriveKey(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // One é has two spellings in Unicode, and keyboards differ.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, COST, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
