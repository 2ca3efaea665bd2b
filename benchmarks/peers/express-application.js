// One application for Express and for what promises to be compatible with it.
import * as payloads from '../workloads/payloads.js';
import { assignment } from './assignment.js';
import { compress, sessions, stack } from './express-middleware.js';

/** Makes the application that was asked for and listens. */
export async function startExpress(express) {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', assignment.variant === 'defaults' && 'weak');
  const variants = {
    plain: addPlain,
    stack: addStack,
    defaults: addService,
    gzip: addGzip,
    routes: addRoutes,
    fastrapi: addFastrapi,
  };
  await variants[assignment.variant](app, express);
  app.listen(assignment.port, assignment.host);
}

function addPlain(app, express) {
  app.get('/', (request, response) => response.json(payloads.GREETING));
  app.get('/users/:id', (request, response) => response.json({ id: request.params.id, x: request.query.x }));
  app.post('/echo', express.json(), (request, response) => response.status(201).json(request.body));
  app.get('/text', (request, response) => response.type('text/plain').send(payloads.LONG_TEXT));
  app.get('/later', async (request, response) => response.json(await payloads.findGreeting()));
}

function addStack(app) {
  for (const middleware of stack) app.use(middleware);
  app.post('/login', (request, response) => {
    sessions.start(request, response, { hello: 'world' });
    response.json({});
  });
  app.get('/', (request, response) => response.json({ hello: request.session.hello }));
}

async function addService(app, express) {
  // Loaded here, because the others do not need it.
  const { defaults } = await import('./express-defaults.js');
  for (const middleware of defaults) app.use(middleware);
  addPlain(app, express);
}

function addGzip(app) {
  app.use(compress);
  app.get('/article', (request, response) => response.json(payloads.ARTICLE));
}

function addRoutes(app) {
  for (const path of payloads.listPaths(assignment.count)) {
    app.get(path, (request, response) => response.json(payloads.GREETING));
  }
}

function addFastrapi(app, express) {
  app.get('/', (request, response) => response.json({ Hello: request.query.name ?? 'World' }));
  app.get('/html', (request, response) => response.send('<h1>Hello</h1>'));
  app.get('/:name', (request, response) => response.json({ Hello: request.params.name }));
  app.post('/register', express.json(), (request, response) => {
    const { address, user } = request.body;
    response.json({ address, user });
  });
}
