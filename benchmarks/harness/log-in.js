import { sendRequest } from './send-request.js';

/** The request of a workload with the cookies of a session, where it has one. */
export async function prepareRequest(port, { request, session }) {
  if (!session) return request;
  const { headers } = await sendRequest(port, { method: 'POST', path: '/login' });
  const cookies = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]);
  // Where nothing reads a session there is still a cookie, as browsers have them.
  const cookie = cookies.length === 0 ? 'theme=dark' : cookies.join('; ');
  return { ...request, headers: { ...request.headers, cookie } };
}
