/** The tests run on node:http, because SLUICE_ENGINE names it or µWebSockets does not load here (jest.config.cjs). */
export const IS_STRICT = process.env['TESTED_ENGINE'] === 'node';
