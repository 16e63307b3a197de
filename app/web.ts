import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { env } from './lib/env.server.ts';
import { log } from './lib/log.server.ts';
import { answerUnreadable, readAddress } from './web-address.ts';
import {
  guardBody,
  identify,
  leadToOwnName,
  logRequests,
  refuseOtherSites,
  secure,
  sendWords,
  trackStreams,
} from './web-middleware.ts';
import { answerOutages } from './web-outage.ts';

const root = join(import.meta.dirname, '..');
const bundle = join(root, 'build', 'server', 'index.js');

/**
 * How long a client may take: over its headers, over all it sends (the largest file on a slow line), and
 * between two requests, longer than a proxy keeps a connection to use it again.
 */
const serverOptions = {
  headersTimeout: 10_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16 * 1024,
  // Refused in words by readAddress, with our headers, which Node's own answer would lack.
  requireHostHeader: false,
};
const mostConnections = 5_000;

/** Everything between the socket and Remix, in the order a request meets it. */
async function createApplication(): Promise<{ application: Express; endStreams: () => void }> {
  if (!existsSync(bundle)) stopWith('The application is not built. Run npm run build first.');
  const build = (await import(pathToFileURL(bundle).href)) as ServerBuild;
  const streams = trackStreams();
  const application = express();
  application.disable('x-powered-by');
  application.set('trust proxy', env.TRUSTED_PROXIES);
  application.set('etag', false);
  application.use(identify, logRequests, secure(env.APP_URL), guardBody);
  application.use(refuseOtherSites(env.APP_URL), leadToOwnName(env.APP_URL));
  application.use(readAddress(env.APP_URL), streams.middleware);
  // Compressed, a stream of events would wait in the compressor until it fills a block.
  application.use(
    compression({
      filter: (request, response) =>
        !String(response.getHeader('Content-Type')).startsWith('text/event-stream') &&
        compression.filter(request, response),
    }),
  );
  const files = join(root, 'build', 'client');
  const missing = (_request: express.Request, response: express.Response) =>
    sendWords(
      response,
      404,
      'Not found',
      'There is no such file; the page may be of an older version.',
    );
  application.use(
    '/assets',
    express.static(join(files, 'assets'), { immutable: true, maxAge: '1y', index: false }),
    missing,
  );
  application.use(express.static(files, { maxAge: '1h', index: false, redirect: false }));
  application.all(
    '*',
    createRequestHandler({
      build: answerOutages(build),
      mode: 'production',
      getLoadContext: (_request, { locals }) => ({
        requestId: String(locals.requestId),
        clientAddress: String(locals.clientAddress),
      }),
    }),
  );
  application.use(answerFault);
  return { application, endStreams: streams.end };
}

/** What reaches Express itself: an address that is no URL, or a fault outside every route. */
const answerFault: ErrorRequestHandler = (
  error: NodeJS.ErrnoException,
  _request,
  response,
  next,
) => {
  const { requestId } = response.locals;
  const malformed = error instanceof URIError || error.code === 'ERR_INVALID_URL';
  log[malformed ? 'info' : 'error']({ requestId, error: error.message }, 'request failed');
  if (response.headersSent) return next(error);
  if (malformed) sendWords(response, 400, 'Bad request', 'This request could not be read.');
  else
    sendWords(response, 500, 'Something failed', `Tell whoever runs BQS this number: ${requestId}`);
};

function listen(server: Server, endStreams: () => void) {
  server.once('error', (error: NodeJS.ErrnoException) => {
    const taken = `Port ${env.PORT} is taken. Stop what uses it, or set PORT to another one.`;
    stopWith(
      error.code === 'EADDRINUSE' ? taken : `Port ${env.PORT} cannot be used: ${error.message}`,
    );
  });
  server.listen(env.PORT, () => {
    log.info({ port: env.PORT }, 'web is listening');
    process.send?.('ready');
  });
  const stop = once(() => {
    log.info('web is stopping');
    server.close(() => process.exit(0));
    endStreams();
    // A connection in use now is idle, and kept for seconds, as soon as it has its answer.
    setInterval(() => server.closeIdleConnections(), 50);
    // What is not answered by now is not going to be.
    setTimeout(() => process.exit(0), 8_000).unref();
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // A parent that is gone cannot stop us any more.
  if (process.channel) process.on('disconnect', stop);
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}

function stopWith(line: string): never {
  console.error(line);
  process.exit(1);
}

const { application, endStreams } = await createApplication();
const server = createServer(serverOptions, application);
server.maxConnections = mostConnections;
// Node would answer an expectation it does not know by itself, without any of our headers.
server.on('checkExpectation', application);
server.on('clientError', answerUnreadable(env.APP_URL));
listen(server, endStreams);
