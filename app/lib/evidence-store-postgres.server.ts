import { db, pool } from './db.server.ts';
import type { EvidenceStore } from './evidence-store.server.ts';

const pieceBytes = 512 * 1024;

/**
 * Keeps files as Postgres large objects, a piece at a time. One is written in the transaction of the row
 * that names it, so neither is ever there alone. A key is the object's number.
 */
export const postgresStore: EvidenceStore = {
  name: 'postgres',

  put: async (file) => ({
    commit: async (tx) => {
      const [made] = await tx.$queryRaw<{ key: string }[]>`SELECT lo_create(0)::text AS key`;
      if (!made) throw new Error('Postgres made no large object.');
      const key = numberOf(made.key);
      let position = 0n;
      for await (const piece of file.pieces()) {
        await tx.$executeRaw`SELECT lo_put(${key}::bigint::oid, ${position}, ${piece})`;
        position += BigInt(piece.length);
      }
      return made.key;
    },
    discard: async () => undefined,
  }),

  async *read(key) {
    const object = numberOf(key).toString();
    for (let position = 0; ; position += pieceBytes) {
      const { rows } = await pool.query<{ piece: Buffer }>(
        'SELECT lo_get($1::bigint::oid, $2, $3) AS piece',
        [object, position, pieceBytes],
      );
      const piece = rows[0]?.piece;
      if (!piece || piece.length === 0) return;
      yield piece;
      if (piece.length < pieceBytes) return;
    }
  },

  async remove(key) {
    const object = numberOf(key);
    await db.$executeRaw`
      SELECT lo_unlink(oid) FROM pg_largeobject_metadata WHERE oid = ${object}::bigint::oid`;
  },
};

function numberOf(key: string): bigint {
  if (!/^\d{1,10}$/.test(key)) throw new TypeError(`${key} is no key of the Postgres store.`);
  return BigInt(key);
}
