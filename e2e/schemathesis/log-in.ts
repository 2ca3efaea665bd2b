/** Logs in to the samples that have users. Returns the header that says who the user is. */
export async function logIn(sample: string, url: string): Promise<string | undefined> {
  return LOGINS[sample]?.(url);
}

const LOGINS: Readonly<Record<string, (url: string) => Promise<string>>> = {
  '05-auth-and-sessions': async (url) => {
    const cookie = await getCookie(`${url}/api/login`, { name: 'ada', password: 'analytical engine' });
    const response = await fetch(`${url}/api/tokens`, { method: 'POST', headers: { cookie } });
    return `Authorization: Bearer ${((await response.json()) as { token: string }).token}`;
  },
  '07-dependencies-and-testing': async (url) =>
    `Cookie: ${await getCookie(`${url}/log-in`, { name: 'ada' })}`,
  '09-two-processes-one-redis': async (url) => `Cookie: ${await getCookie(`${url}/login`, { user: 'ada' })}`,
  '12-without-decorators': () => Promise.resolve('X-Api-Key: letmein'),
};

async function getCookie(url: string, body: object): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const [cookie] = response.headers.getSetCookie();
  if (cookie === undefined) throw new Error(`${url} answered ${response.status} without a cookie.`);
  return cookie.split(';', 1)[0]!;
}
