// What the harness asks of a server: `node peers/<file>.js <flavour> <variant> <port>`.
const [flavour = '', variant = '', port] = process.argv.slice(2);
const [kind = '', count = '0'] = variant.split('-');

/** `variant` is plain, stack, family, gzip, fastrapi, orders, costs, mixed or routes; `count` is how many routes the last has. */
export const assignment = {
  flavour,
  variant: kind,
  count: Number(count),
  port: Number(port),
  host: '127.0.0.1',
};
