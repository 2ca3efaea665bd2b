/** The policy of the page to which an OAuth 2 server returns. */
export const REDIRECT_POLICY =
  "default-src 'none'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Writes the page to which an OAuth 2 server returns. Its script hands the answer to the page that opened it. */
export function writeRedirectPage(script: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Logging in</title></head>
<body><script src="${script}"></script></body>
</html>
`;
}
