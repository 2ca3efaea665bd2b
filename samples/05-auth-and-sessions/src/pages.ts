import type { Account } from './users';

export function formatLoginPage(complaint = ''): string {
  return formatPage(
    'Log in',
    `${complaint && `<p role="alert">${complaint}</p>`}
  <form method="post" action="/login">
    <label>Name <input name="name" autocomplete="username" required maxlength="80"></label>
    <label>Password <input name="password" type="password" autocomplete="current-password" required maxlength="200"></label>
    <button>Log in</button>
  </form>`,
  );
}

export function formatHomePage({ name, roles }: Account): string {
  return formatPage(
    `Hello, ${escapeHtml(name)}`,
    `<p>Your roles: ${escapeHtml(roles.join(', '))}</p>
  <form method="post" action="/logout"><button>Log out</button></form>`,
  );
}

function formatPage(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
  <link rel="icon" href="data:,">
  <style>
    :root { color-scheme: light dark; }
    body { font: 1rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem; }
    label { display: block; margin: 1rem 0; }
    input, button { font: inherit; padding: 0.4rem 0.8rem; }
    input { display: block; width: 100%; box-sizing: border-box; }
  </style>
  <h1>${title}</h1>
  ${content}
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
