/** The background before the script runs, and corrections of the style of Scalar. */
export const PAGE_STYLE = `html { background: #fff; }
body { margin: 0; }
noscript { display: block; padding: 1rem; font-family: sans-serif; }

@media (prefers-color-scheme: dark) {
  html { background: #0f0f0f; color: #e7e7e7; }
}
`;
