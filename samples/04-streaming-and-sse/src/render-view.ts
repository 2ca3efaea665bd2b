import path from 'node:path';
import { html, type Reply } from '@sluice/core';
import { Eta } from 'eta';

const eta = new Eta({
  views: path.join(__dirname, '../views'),
  cache: process.env['NODE_ENV'] === 'production',
});

/** A page from `views/<name>.eta`. The template escapes values in `<%= %>`. */
export function renderView(name: string, data: object): Reply {
  return html(eta.render(name, data));
}
