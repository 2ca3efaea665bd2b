/** Adds to the style of Swagger UI: the background before the script runs, and corrections. */
export const PAGE_STYLE = `html { background: #fff; }
body { margin: 0; }
noscript { display: block; padding: 1rem; font-family: sans-serif; }
.swagger-ui .info { margin: 2rem 0 0; }

/* The documents have no links, and the column makes the page wider than a phone. */
.swagger-ui .response-col_links { display: none; }

@media (prefers-color-scheme: dark) {
  html { background: #1c2022; color: #e4e6e6; }
}

/* Dark on dark otherwise. */
html.dark-mode .swagger-ui table.headers td { color: #e4e6e6; }
`;
