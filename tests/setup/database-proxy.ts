import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a database that can fall silent or break, as a network does. */
export interface DatabaseProxy {
  url: string;
  /** What is open stays open and what calls is taken in, but nothing comes through any more. */
  fallSilent(): void;
  /** Ends what is open, and whatever calls, at once. */
  breakOff(): void;
  /** Lets everything through; what was open before is gone. */
  recover(): void;
  stop(): Promise<void>;
}

/** Stands before the database of `databaseUrl`. */
export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let state: 'open' | 'silent' | 'broken' = 'open';
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (state === 'broken') return near.destroy();
    if (state === 'silent') return;
    const far = connect(Number(target.port || 5432), target.hostname);
    keep(far);
    near.on('close', () => far.destroy()).pipe(far);
    far.on('close', () => near.destroy()).pipe(near);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const endAll = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: url.href,
    fallSilent() {
      state = 'silent';
      sockets.forEach((socket) => socket.unpipe());
    },
    breakOff() {
      state = 'broken';
      endAll();
    },
    recover() {
      state = 'open';
      endAll();
    },
    stop: () => {
      endAll();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
